#include "worker/redirect_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_conversation.h"

namespace forkloom::worker {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class RedirectAnswer : public ConversationTest {
 protected:
  std::string redirect(std::string_view location) {
    start("ForkloomApplication / shop\n");
    admit("/", "GET", fields_);
    answer_redirect(*exchange_, context(), 301, location);
    return hear();
  }

  std::string fields_ = "Host: a.org\r\n";
};

TEST_F(RedirectAnswer, AUrlStaysAsItIs) {
  const std::string answer = redirect("https://b.org/x?y");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 301 Moved Permanently\r\n"));
  EXPECT_THAT(answer, HasSubstr("Location: https://b.org/x?y\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n301 Moved Permanently\nhttps://b.org/x?y\n"));
}

TEST_F(RedirectAnswer, APathBecomesAUrlOfTheHostThatTheClientAskedFor) {
  EXPECT_THAT(redirect("/x/"), HasSubstr("Location: http://a.org/x/\r\n"));
}

TEST_F(RedirectAnswer, AnUnusualPortIsSaid) {
  fields_ = "Host: a.org:8080\r\n";
  EXPECT_THAT(redirect("/x/"), HasSubstr("Location: http://a.org:8080/x/\r\n"));
}

TEST_F(RedirectAnswer, AnAddressKeepsItsBrackets) {
  fields_ = "Host: [2001:db8::1]:8080\r\n";
  EXPECT_THAT(redirect("/x/"), HasSubstr("Location: http://[2001:db8::1]:8080/x/\r\n"));
}

}  // namespace
}  // namespace forkloom::worker
