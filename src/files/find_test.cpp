#include "files/find.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "files/testing_folder.h"

namespace forkloom::files {
namespace {

using Kind = Found::Kind;
using std::string_view_literals::operator""sv;

class Find : public testing::Test {
 protected:
  Find() {
    folder_.add("secret", "outside", WallTime{});
    folder_.add("root/a.txt", "hello",
                WallTime(seconds(1000) + std::chrono::nanoseconds(123456789)));
    folder_.add("root/sub/b.txt", "there", WallTime{});
    folder_.add("root/.hidden", "h", WallTime{});
    folder_.add("root/.git/config", "h", WallTime{});
    folder_.add("root/.well-known/x", "w", WallTime{});
  }
  Found find_in(std::string_view relative, Links links = Links::kNever,
                bool serves_hidden = false) const {
    return find(folder_.root() + "/root", relative, links, serves_hidden);
  }
  Kind kind(std::string_view relative, Links links = Links::kNever,
            bool serves_hidden = false) const {
    return find_in(relative, links, serves_hidden).kind;
  }

  TestingFolder folder_;
};

TEST_F(Find, AFileComesWithItsFacts) {
  const Found found = find_in("a.txt");
  ASSERT_EQ(found.kind, Kind::kFile);
  EXPECT_TRUE(found.fd.is_open());
  EXPECT_EQ(found.facts.size, 5U);
  EXPECT_EQ(found.facts.modified.time_since_epoch(),
            seconds(1000) + std::chrono::nanoseconds(123456789));
  EXPECT_NE(found.facts.inode, 0U);
}

TEST_F(Find, AFolderIsFoundWithAndWithoutSlash) {
  EXPECT_EQ(kind(""), Kind::kFolder);
  EXPECT_EQ(kind("sub"), Kind::kFolder);
  EXPECT_EQ(kind("sub/"), Kind::kFolder);
}

TEST_F(Find, TheRootMayBeAFile) {
  EXPECT_EQ(find(folder_.root() + "/root/.hidden", "", Links::kNever, false).kind, Kind::kFile);
  EXPECT_EQ(find(folder_.root() + "/root/a.txt", "x", Links::kNever, false).kind, Kind::kAbsent);
}

TEST_F(Find, WhatIsNotThereIsAbsent) {
  EXPECT_EQ(kind("b.txt"), Kind::kAbsent);
  EXPECT_EQ(kind("a.txt/"), Kind::kAbsent);
  EXPECT_EQ(kind("a.txt/x"), Kind::kAbsent);
  EXPECT_EQ(kind(std::string(300, 'n')), Kind::kAbsent);
  EXPECT_EQ(kind(std::string(5000, 'n')), Kind::kAbsent);
  EXPECT_EQ(find("/no/such/root", "a", Links::kNever, false).kind, Kind::kAbsent);
}

TEST_F(Find, NoPathLeadsOut) {
  for (const Links links : {Links::kNever, Links::kOwnerMatch, Links::kAlways}) {
    for (const std::string_view path :
         {".."sv, "../secret"sv, "sub/../../secret"sv, "sub/.."sv, "./a.txt"sv, "sub/./b.txt"sv,
          "/etc/passwd"sv, "//etc/passwd"sv, "sub//b.txt"sv, "/"sv, "sub//"sv, "a.txt\0"sv,
          "a.txt\0.png"sv, "sub/..\0/b"sv, "../root/a.txt"sv}) {
      const Found found = find_in(path, links, true);
      EXPECT_EQ(found.kind, Kind::kDenied) << path;
      EXPECT_FALSE(found.fd.is_open());
      EXPECT_NE(found.why, "");
    }
  }
  // A name of its own, and no escape here.
  EXPECT_EQ(kind("..%2fsecret", Links::kNever, true), Kind::kAbsent);
  EXPECT_EQ(kind("..\\secret", Links::kNever, true), Kind::kAbsent);
  EXPECT_EQ(kind("...", Links::kNever, true), Kind::kAbsent);
}

TEST_F(Find, LinksAreFollowedAsOptionsSay) {
  std::filesystem::create_symlink("../secret", folder_ / "root/out");
  std::filesystem::create_directory_symlink("sub", folder_ / "root/in");
  std::filesystem::create_symlink("nowhere", folder_ / "root/broken");
  EXPECT_EQ(kind("out"), Kind::kDenied);
  EXPECT_EQ(kind("in/b.txt"), Kind::kDenied);
  EXPECT_EQ(kind("broken"), Kind::kDenied);
  for (const Links links : {Links::kOwnerMatch, Links::kAlways}) {
    EXPECT_EQ(kind("out", links), Kind::kFile);
    EXPECT_EQ(kind("in/b.txt", links), Kind::kFile);
    EXPECT_EQ(kind("broken", links), Kind::kAbsent);
  }
}

TEST_F(Find, HiddenNamesAreDeniedUnlessServed) {
  for (const std::string_view path :
       {".hidden", ".git/config", ".git/", ".absent", ".well-known/.x", ".well-known2"}) {
    EXPECT_EQ(kind(path), Kind::kDenied) << path;
  }
  EXPECT_EQ(kind(".hidden", Links::kNever, true), Kind::kFile);
  EXPECT_EQ(kind(".git/config", Links::kNever, true), Kind::kFile);
  EXPECT_EQ(kind(".well-known/x"), Kind::kFile);
}

TEST_F(Find, DevicesAreDenied) {
  EXPECT_EQ(find("/dev", "null", Links::kAlways, false).kind, Kind::kDenied);
}

}  // namespace
}  // namespace forkloom::files
