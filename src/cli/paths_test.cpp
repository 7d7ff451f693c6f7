#include "cli/paths.h"

#include <gtest/gtest.h>

namespace forkloom::cli {
namespace {

TEST(Paths, AreSeenFromTheFolder) {
  EXPECT_EQ(absolute_from("/srv", "a.wsgi"), "/srv/a.wsgi");
  EXPECT_EQ(absolute_from("/srv", "./a//b/"), "/srv/a/b");
  EXPECT_EQ(absolute_from("/srv", "."), "/srv");
  EXPECT_EQ(absolute_from("/srv", "/opt/x"), "/opt/x");
  EXPECT_EQ(absolute_from("/", "."), "/");
}

TEST(Paths, KeepDoubleDotsBecauseLinksChangeTheirMeaning) {
  EXPECT_EQ(absolute_from("/srv/link", "../x"), "/srv/link/../x");
}

TEST(Paths, AnEmptyTextIsNoFolder) { EXPECT_EQ(absolute_from("/srv", ""), ""); }

}  // namespace
}  // namespace forkloom::cli
