#include "base/pattern.h"

#include <gtest/gtest.h>

namespace forkloom {
namespace {

TEST(Pattern, MatchesAnywhereAndGivesTheGroups) {
  const auto pattern = Pattern::compile("/(\\w+)/(x)?(\\d+)");
  ASSERT_TRUE(pattern.has_value());
  Pattern::Groups groups;
  ASSERT_TRUE(pattern->matches("see /shop/42 now", groups));
  EXPECT_EQ(groups, (Pattern::Groups{"/shop/42", "shop", "", "42"}));
  EXPECT_FALSE(pattern->matches("/shop/", groups));
}

TEST(Pattern, ObservesOrIgnoresLetterCase) {
  EXPECT_FALSE(Pattern::compile("^/A")->matches("/a"));
  EXPECT_TRUE(Pattern::compile("^/A", Pattern::Case::kIgnored)->matches("/a"));
  EXPECT_FALSE(*Pattern::compile("a") == *Pattern::compile("a", Pattern::Case::kIgnored));
  EXPECT_TRUE(*Pattern::compile("a") == *Pattern::compile("a"));
}

TEST(Pattern, SaysWhatIsWrongAndWhere) {
  const auto pattern = Pattern::compile("/a(b");
  ASSERT_FALSE(pattern.has_value());
  EXPECT_NE(pattern.error().message().find("missing closing parenthesis at character 5"),
            std::string::npos)
      << pattern.error().message();
}

TEST(Pattern, APatternThatBacktracksWithoutEndDoesNotMatch) {
  const auto pattern = Pattern::compile("^(a+)+$");
  EXPECT_FALSE(pattern->matches(std::string(60, 'a') + "b"));
}

TEST(Substitute, PutsGroupsWhereDollarsAre) {
  const Pattern::Groups groups = {"whole", "one", "two"};
  EXPECT_EQ(substitute("/srv/$2/$1.wsgi$9", groups), "/srv/two/one.wsgi");
  EXPECT_EQ(substitute("[&|$0]\\$1", groups), "[&|whole]$1");
  EXPECT_EQ(substitute("no group$", groups), "no group$");
}

}  // namespace
}  // namespace forkloom
