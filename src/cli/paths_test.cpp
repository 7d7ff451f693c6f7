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

TEST(Paths, OfSocketsAndLogsAreSeenFromTheFolder) {
  EXPECT_EQ(address_from("/srv", "unix:run/x.sock"), "unix:/srv/run/x.sock");
  EXPECT_EQ(address_from("/srv", "[::1]:80"), "[::1]:80");
  EXPECT_EQ(log_from("/srv", "a.log"), "/srv/a.log");
  EXPECT_EQ(log_from("/srv", "-"), "-");
}

TEST(Paths, ANameWithoutASlashIsACommands) {
  EXPECT_EQ(python_from("/", "python3.12"), "python3.12");
  EXPECT_EQ(python_from("/srv", "venv/bin/python"), "/srv/venv/bin/python");
  EXPECT_EQ(python_from("/", "etc"), "/etc") << "a folder of that name is there";
}

TEST(Paths, ListsAreJoined) {
  EXPECT_EQ(path_list_from("/srv", {"lib", "/opt/a:b"}), "/srv/lib:/opt/a:/srv/b");
}

}  // namespace
}  // namespace forkloom::cli
