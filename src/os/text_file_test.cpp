#include "os/text_file.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

using testing::HasSubstr;

constexpr std::size_t kMost = 200'000;

std::string error_of(const std::string& path, std::size_t most = kMost) {
  const auto text = read_text_file(path, most);
  return text ? "" : text.error().message();
}

class TextFile : public testing::Test {
 protected:
  TextFile() { std::ofstream(path_, std::ios::binary) << content_; }
  ~TextFile() override { std::filesystem::remove(path_); }

  std::string path_ = testing::TempDir() + "/forkloom_text_file";
  std::string content_ = std::string(150'000, 'x') + '\0' + "end";
};

TEST_F(TextFile, IsReadWhole) { EXPECT_EQ(read_text_file(path_, kMost).value(), content_); }

TEST_F(TextFile, MayHaveExactlyAsManyBytesAsAreAllowed) {
  EXPECT_EQ(read_text_file(path_, content_.size()).value(), content_);
  EXPECT_THAT(error_of(path_, content_.size() - 1), HasSubstr("has more than"));
}

TEST_F(TextFile, IsReadWhereItsSizeIsNotTold) {
  EXPECT_THAT(read_text_file("/proc/self/status", kMost).value(), HasSubstr("Pid:"));
}

TEST_F(TextFile, HasToBeARegularFileThatExists) {
  EXPECT_THAT(error_of("/"), HasSubstr("/ is a folder"));
  EXPECT_THAT(error_of("/dev/null"), HasSubstr("not a regular file"));
  EXPECT_THAT(error_of("/nowhere/file"), HasSubstr("/nowhere/file: No such file"));
}

}  // namespace
}  // namespace forkloom::os
