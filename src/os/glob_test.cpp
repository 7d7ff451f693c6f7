#include "os/glob.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MatchingPaths : public testing::Test {
 protected:
  MatchingPaths() {
    std::string name = testing::TempDir() + "/forkloom-XXXXXX";
    root_ = ::mkdtemp(name.data());
  }
  ~MatchingPaths() override { std::filesystem::remove_all(root_); }

  void add(const std::string& name) const {
    const std::filesystem::path path = std::filesystem::path(root_) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "x";
  }
  std::vector<std::string> matches(const std::string& pattern) const {
    const auto found = matching_paths(root_ + "/" + pattern);
    if (!found) ADD_FAILURE() << found.error().message();
    return found.value_or(std::vector<std::string>{});
  }

  std::string root_;
};

TEST_F(MatchingPaths, AreFoundInAnySegmentAndSorted) {
  add("b/site.conf");
  add("a/site.conf");
  add("a/other.txt");
  EXPECT_THAT(matches("*/*.conf"), ElementsAre(root_ + "/a/site.conf", root_ + "/b/site.conf"));
  EXPECT_THAT(matches("[b-z]/s?te.conf"), ElementsAre(root_ + "/b/site.conf"));
}

TEST_F(MatchingPaths, LeaveHiddenOnesOut) {
  add(".a");
  add("b");
  EXPECT_THAT(matches("*"), ElementsAre(root_ + "/b"));
}

TEST_F(MatchingPaths, AreNoneWhereNothingMatchesOrTheFolderIsMissing) {
  add("file");
  EXPECT_THAT(matches("*.conf"), IsEmpty());
  EXPECT_THAT(matches("nowhere/*"), IsEmpty());
  EXPECT_THAT(matches("file/*"), IsEmpty());
}

TEST_F(MatchingPaths, IncludeLinksThatLeadNowhere) {
  std::filesystem::create_symlink("/nowhere", root_ + "/link.conf");
  EXPECT_THAT(matches("*.conf"), ElementsAre(root_ + "/link.conf"));
}

}  // namespace
}  // namespace forkloom::os
