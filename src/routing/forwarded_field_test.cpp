#include "routing/forwarded_field.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

using testing::ElementsAre;

std::vector<std::string> from_end(std::string_view list) {
  std::vector<std::string> elements;
  while (const auto element = take_last_element(list)) elements.emplace_back(*element);
  return elements;
}

TEST(ForwardedField, IsReadFromItsEnd) {
  EXPECT_THAT(from_end("for=1, for=2 ,for=3"), ElementsAre("for=3", "for=2", "for=1"));
  EXPECT_THAT(from_end("a=\"x,y\";b=1, c"), ElementsAre("c", "a=\"x,y\";b=1"));
  EXPECT_THAT(from_end("a,,b,"), ElementsAre("", "b", "", "a"));
  EXPECT_THAT(from_end(""), ElementsAre());
}

TEST(ForwardedField, HasAnEndThatNoOpenQuoteBeforeItChanges) {
  EXPECT_EQ(from_end("for=6.6.6.6;by=\", for=1.2.3.4").front(), "for=1.2.3.4");
  EXPECT_EQ(from_end("for=6.6.6.6;by=\", for=\"[::1]:4\"").front(), "for=\"[::1]:4\"");
}

TEST(ForwardedElement, GivesItsParametersWithoutQuotes) {
  const auto element = read_forwarded_element(
      "For=\"[2001:db8::1]:47\";proto=https;by=_x; HOST=\"a.example:8443\";;ext=\"a;b\"");
  ASSERT_TRUE(element.has_value());
  EXPECT_EQ(element->node, "[2001:db8::1]:47");
  EXPECT_EQ(element->host, "a.example:8443");
  EXPECT_EQ(element->proto, "https");
}

TEST(ForwardedElement, MayHaveAPortWithoutQuotes) {
  EXPECT_EQ(read_forwarded_element("for=1.2.3.4:80")->node, "1.2.3.4:80");
}

TEST(ForwardedElement, MayLackParameters) {
  const auto element = read_forwarded_element("by=1.2.3.4");
  ASSERT_TRUE(element.has_value());
  EXPECT_EQ(element->node, "");
}

TEST(ForwardedElement, IsRefusedWhereItIsMalformed) {
  for (const std::string_view text :
       {"for", "for=", "=1", "for=\"\"", "for=\"", "for=\"1", "for=1\"", "for=\"1\\.2\"", "for=1 2",
        "for =1", "for=1;for=2", "for=1;FOR=1", "f,r=1", "for=\"a\"b"}) {
    EXPECT_FALSE(read_forwarded_element(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace forkloom::routing
