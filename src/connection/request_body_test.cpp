#include "connection/request_body.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "os/spool_file.h"

namespace forkloom::connection {
namespace {

constexpr std::size_t kInMemory = 16;

std::string read_whole(const RequestBody& body) {
  std::string text;
  std::array<char, 7> portion;
  while (true) {
    const std::int64_t count = body.read_at(text.size(), portion);
    if (count <= 0) return text;
    text.append(portion.data(), static_cast<std::size_t>(count));
  }
}

class RequestBodyTest : public testing::Test {
 protected:
  const std::string folder_ = os::temporary_folder();
  RequestBody body_;
};

TEST_F(RequestBodyTest, StaysInMemoryUpToTheBound) {
  ASSERT_TRUE(body_.begin(0, kInMemory, folder_));
  ASSERT_TRUE(body_.append("0123456789"));
  ASSERT_TRUE(body_.append("abcdef"));
  EXPECT_EQ(body_.size(), 16U);
  EXPECT_EQ(body_.in_memory(), "0123456789abcdef");
  EXPECT_EQ(read_whole(body_), "0123456789abcdef");
}

TEST_F(RequestBodyTest, MovesToAFileWhenItGrowsBeyond) {
  ASSERT_TRUE(body_.begin(0, kInMemory, folder_));
  ASSERT_TRUE(body_.append("0123456789"));
  ASSERT_TRUE(body_.append("abcdefg"));
  EXPECT_EQ(body_.size(), 17U);
  EXPECT_EQ(body_.in_memory(), std::nullopt);
  EXPECT_EQ(read_whole(body_), "0123456789abcdefg");
}

TEST_F(RequestBodyTest, AnAnnouncedLargeBodyGoesToAFileAtOnce) {
  ASSERT_TRUE(body_.begin(1000, kInMemory, folder_));
  EXPECT_EQ(body_.in_memory(), std::nullopt);
  ASSERT_TRUE(body_.append("x"));
  EXPECT_EQ(read_whole(body_), "x");
}

TEST_F(RequestBodyTest, AFolderThatIsNotThereIsAnError) {
  EXPECT_FALSE(body_.begin(1000, kInMemory, "/nonexistent/folder"));
}

TEST_F(RequestBodyTest, ClearingForgetsIt) {
  ASSERT_TRUE(body_.begin(1000, kInMemory, folder_));
  ASSERT_TRUE(body_.append("x"));
  body_.clear();
  EXPECT_EQ(body_.size(), 0U);
  EXPECT_EQ(body_.in_memory(), "");
  EXPECT_EQ(read_whole(body_), "");
}

}  // namespace
}  // namespace forkloom::connection
