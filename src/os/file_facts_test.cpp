#include "os/file_facts.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

TEST(FileFacts, TellWhatStandsAtAPath) {
  std::string folder = testing::TempDir() + "/forkloom-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/file") << "x";
  std::filesystem::create_symlink("file", folder + "/link");
  std::filesystem::create_symlink("gone", folder + "/dangling");
  EXPECT_EQ(facts_if_there(folder)->kind, FileFacts::Kind::kFolder);
  EXPECT_EQ(facts_if_there(folder + "/file")->kind, FileFacts::Kind::kRegular);
  EXPECT_EQ(facts_if_there(folder + "/link")->kind, FileFacts::Kind::kRegular);
  EXPECT_FALSE(facts_if_there(folder + "/dangling"));
  EXPECT_FALSE(facts_if_there(folder + "/file/below"));
  EXPECT_EQ(facts_if_there("/dev/null")->kind, FileFacts::Kind::kOther);
  std::filesystem::remove_all(folder);
}

TEST(FileFacts, ANameThatIsTooLongIsMissing) {
  EXPECT_FALSE(facts_if_there("/" + std::string(5000, 'x')));
}

}  // namespace
}  // namespace forkloom::os
