#include "os/spool_file.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace forkloom::os {
namespace {

TEST(SpoolFile, GivesBackWhatWasAppended) {
  auto file = SpoolFile::open(temporary_folder());
  ASSERT_TRUE(file.has_value()) << file.error().message();
  ASSERT_TRUE(file->append(std::string_view("hello ")));
  ASSERT_TRUE(file->append(std::string_view("world")));
  EXPECT_EQ(file->size(), 11U);
  std::array<char, 8> buffer{};
  const auto count = file->read_at(4, buffer);
  ASSERT_TRUE(count.has_value());
  EXPECT_EQ(std::string_view(buffer.data(), *count), "o world");
  EXPECT_EQ(file->read_at(11, buffer), 0U);
}

TEST(SpoolFile, LeavesNoNameBehind) {
  std::string folder = testing::TempDir() + "/forkloom-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const auto file = SpoolFile::open(folder);
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
}

TEST(SpoolFile, AMissingFolderIsNamed) {
  const auto file = SpoolFile::open("/no/such/folder");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().message(), "temporary file in /no/such/folder: No such file or directory");
}

// A limit on the file's size stands for a full disk: write(2) takes a part, then fails.
TEST(SpoolFile, AFullDiskIsAnError) {
  rlimit before = {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  auto file = SpoolFile::open(temporary_folder());
  ASSERT_TRUE(file.has_value());
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small = {1000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto appended = file->append(std::string(5000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, SIG_DFL);
  ASSERT_FALSE(appended.has_value());
  EXPECT_EQ(appended.error().number(), EFBIG);
}

}  // namespace
}  // namespace forkloom::os
