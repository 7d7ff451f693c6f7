#include "os/open_below.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/file_facts.h"
#include "os/file_read.h"
#include "os/folder_entries.h"

namespace forkloom::os {
namespace {

using Open = Result<UniqueFd> (*)(const std::string&, const std::string&, Links);
constexpr Links kEvery[] = {Links::kNever, Links::kOwnerMatch, Links::kAlways};

// Each test runs by openat2 and by the walk.
class OpenBelow : public testing::TestWithParam<Open> {
 protected:
  OpenBelow() {
    std::string name = testing::TempDir() + "/forkloom-XXXXXX";
    top_ = ::mkdtemp(name.data());
    root_ = top_ / "root";
    std::filesystem::create_directories(root_ / "sub");
    std::ofstream(root_ / "sub/a.txt") << "inside";
    std::ofstream(top_ / "secret") << "outside";
  }
  ~OpenBelow() override { std::filesystem::remove_all(top_); }

  Result<UniqueFd> open(const std::string& relative, Links links) const {
    return GetParam()(root_.string(), relative, links);
  }
  int error_of(const std::string& relative, Links links) const {
    const auto opened = open(relative, links);
    return opened ? 0 : opened.error().number();
  }

  std::filesystem::path top_;
  std::filesystem::path root_;
};

TEST_P(OpenBelow, AFileIsOpenedWithItsFacts) {
  for (const Links links : kEvery) {
    const auto opened = open("sub/a.txt", links);
    ASSERT_TRUE(opened) << opened.error().message();
    const auto facts = facts_of(opened->get());
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->is_regular());
    EXPECT_EQ(facts->size, 6U);
    char text[16];
    EXPECT_EQ(read_file_at(opened->get(), 2, text), 4U);
    EXPECT_EQ(std::string(text, 4), "side");
  }
}

TEST_P(OpenBelow, TheRootMayBeAFileOrALink) {
  std::filesystem::create_symlink(root_, top_ / "link");
  EXPECT_TRUE(GetParam()((root_ / "sub/a.txt").string(), "", Links::kNever));
  EXPECT_TRUE(GetParam()((top_ / "link").string(), "sub/a.txt", Links::kNever));
}

TEST_P(OpenBelow, WhatIsAbsentSaysSo) {
  for (const Links links : kEvery) {
    EXPECT_EQ(error_of("sub/b.txt", links), ENOENT);
    EXPECT_EQ(error_of("sub/a.txt/x", links), ENOTDIR);
    EXPECT_EQ(error_of(std::string(300, 'x'), links), ENAMETOOLONG);
  }
}

TEST_P(OpenBelow, LinksAreRefusedWhereTheyMayNotBeFollowed) {
  std::filesystem::create_symlink("sub/a.txt", root_ / "file");
  std::filesystem::create_directory_symlink("sub", root_ / "folder");
  EXPECT_EQ(error_of("file", Links::kNever), ELOOP);
  EXPECT_EQ(error_of("folder", Links::kNever), ELOOP);
  EXPECT_EQ(error_of("folder/a.txt", Links::kNever), ELOOP);
}

TEST_P(OpenBelow, LinksMayLeadAnywhereWhereTheyAreFollowed) {
  std::filesystem::create_symlink(top_ / "secret", root_ / "absolute");
  std::filesystem::create_symlink("../secret", root_ / "upwards");
  EXPECT_EQ(error_of("absolute", Links::kAlways), 0);
  EXPECT_EQ(error_of("upwards", Links::kAlways), 0);
  EXPECT_EQ(error_of("absolute", Links::kOwnerMatch), 0);
  std::filesystem::create_symlink("loop", root_ / "loop");
  EXPECT_EQ(error_of("loop", Links::kAlways), ELOOP);
}

TEST_P(OpenBelow, ALinkOfAnotherOwnerThanItsTargetIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  std::filesystem::create_symlink(top_ / "secret", root_ / "file");
  std::filesystem::create_directory_symlink("sub", root_ / "folder");
  ASSERT_EQ(::lchown((root_ / "file").c_str(), 1234, 1234), 0);
  ASSERT_EQ(::lchown((root_ / "folder").c_str(), 1234, 1234), 0);
  EXPECT_EQ(error_of("file", Links::kOwnerMatch), ELOOP);
  EXPECT_EQ(error_of("folder/a.txt", Links::kOwnerMatch), ELOOP);
  EXPECT_EQ(error_of("file", Links::kAlways), 0);
  ASSERT_EQ(::chown((top_ / "secret").c_str(), 1234, 1234), 0);
  EXPECT_EQ(error_of("file", Links::kOwnerMatch), 0);
}

TEST_P(OpenBelow, AFifoWithoutAWriterDoesNotBlock) {
  ASSERT_EQ(::mkfifo((root_ / "fifo").c_str(), 0600), 0);
  for (const Links links : kEvery) {
    const auto opened = open("fifo", links);
    ASSERT_TRUE(opened);
    EXPECT_EQ(facts_of(opened->get())->kind, FileFacts::Kind::kOther);
  }
}

INSTANTIATE_TEST_SUITE_P(Both, OpenBelow, testing::Values(&open_below, &open_below_by_walk));

bool has_openat2() {
  return ::syscall(SYS_openat2, AT_FDCWD, "/", nullptr, 0) < 0 && errno == EINVAL;
}

TEST(OpenBelowByTheKernel, NoUpwardPathLeavesTheFolder) {
  if (!has_openat2()) GTEST_SKIP() << "the kernel has no openat2";
  EXPECT_FALSE(open_below("/usr/bin", "../../etc/passwd", Links::kNever));
}

TEST(OpenBelowByTheKernel, LinksToOpenFilesAreNotFollowed) {
  if (!has_openat2()) GTEST_SKIP() << "the kernel has no openat2";
  const UniqueFd file(::open("/etc/passwd", O_RDONLY | O_CLOEXEC));
  const auto opened = open_below("/proc/self/fd", std::to_string(file.get()), Links::kAlways);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().number(), ELOOP);
}

TEST(FolderEntries, HoldFilesAndFoldersAndTheLinksThatMayBeFollowed) {
  std::string name = testing::TempDir() + "/forkloom-XXXXXX";
  const std::filesystem::path top = ::mkdtemp(name.data());
  std::ofstream(top / "file") << "12345";
  std::filesystem::create_directory(top / "folder");
  std::filesystem::create_symlink("file", top / "link");
  std::filesystem::create_symlink("nowhere", top / "broken");
  ASSERT_EQ(::mkfifo((top / "fifo").c_str(), 0600), 0);
  const UniqueFd folder(::open(top.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  EXPECT_EQ(read_folder(folder.get(), Links::kNever, 10)->entries.size(), 2U);
  EXPECT_EQ(read_folder(folder.get(), Links::kOwnerMatch, 10)->entries.size(), 3U);
  const auto all = read_folder(folder.get(), Links::kAlways, 10);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->entries.size(), 3U);
  EXPECT_FALSE(all->has_more);
  const auto some = read_folder(folder.get(), Links::kAlways, 2);
  EXPECT_EQ(some->entries.size(), 2U);
  EXPECT_TRUE(some->has_more);
  std::filesystem::remove_all(top);
}

}  // namespace
}  // namespace forkloom::os
