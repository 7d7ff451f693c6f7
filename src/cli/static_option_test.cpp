#include "cli/static_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::cli {
namespace {

using testing::HasSubstr;

TEST(StaticOption, IsAUrlAndAPathSeenFromTheFolder) {
  const auto files = read_static_option("/static=build/css", "/srv", "/");
  ASSERT_TRUE(files.has_value());
  EXPECT_EQ(files->url, "/static");
  EXPECT_EQ(files->path, "/srv/build/css");
  EXPECT_EQ(read_static_option("/a=/x=y", "/srv", "/")->path, "/x=y");
}

TEST(StaticOption, LosesSlashesAtBothEnds) {
  const auto files = read_static_option("/static/=css/", "/srv", "/");
  ASSERT_TRUE(files.has_value());
  EXPECT_EQ(files->url, "/static");
  EXPECT_EQ(files->path, "/srv/css");
}

TEST(StaticOption, NeedsBothParts) {
  for (const char* text : {"", "/static", "=css", "/static="}) {
    const auto files = read_static_option(text, "/srv", "/");
    ASSERT_FALSE(files.has_value()) << text;
    EXPECT_THAT(files.error().remedy, HasSubstr("/URL=PATH"));
  }
}

TEST(StaticOption, LeavesTheApplicationItsRequests) {
  for (const auto& [text, mount] :
       {std::pair("/=x", "/"), std::pair("/=x", "/shop"), std::pair("/shop=x", "/shop"),
        std::pair("/shop/=x", "/shop/web")}) {
    const auto files = read_static_option(text, "/srv", mount);
    ASSERT_FALSE(files.has_value()) << text;
    EXPECT_THAT(files.error().problem, HasSubstr("no request"));
  }
  EXPECT_TRUE(read_static_option("/shop/static=x", "/srv", "/shop").has_value());
  EXPECT_TRUE(read_static_option("/shop=x", "/srv", "/shopping").has_value());
}

}  // namespace
}  // namespace forkloom::cli
