#include "os/file_kind.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

TEST(FileKind, TellsWhatStandsAtAPath) {
  std::string folder = testing::TempDir() + "/forkloom-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/file") << "x";
  std::filesystem::create_symlink("file", folder + "/link");
  std::filesystem::create_symlink("gone", folder + "/dangling");
  EXPECT_EQ(file_kind(folder), FileKind::kFolder);
  EXPECT_EQ(file_kind(folder + "/file"), FileKind::kRegular);
  EXPECT_EQ(file_kind(folder + "/link"), FileKind::kRegular);
  EXPECT_EQ(file_kind(folder + "/dangling"), FileKind::kMissing);
  EXPECT_EQ(file_kind(folder + "/file/below"), FileKind::kMissing);
  EXPECT_EQ(file_kind("/dev/null"), FileKind::kOther);
  std::filesystem::remove_all(folder);
}

TEST(FileKind, ANameThatIsTooLongIsMissing) {
  EXPECT_EQ(file_kind("/" + std::string(5000, 'x')), FileKind::kMissing);
}

}  // namespace
}  // namespace forkloom::os
