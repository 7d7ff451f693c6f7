#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "files/testing_answer.h"

namespace forkloom::files {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class AnswerRanges : public AnswerFile {};

TEST_F(AnswerRanges, ARangeIsCutOut) {
  const TestingResponse some = get("a.txt", {{"Range", "bytes=2-4"}});
  EXPECT_EQ(some.status, 206);
  EXPECT_EQ(some.body, "234");
  EXPECT_EQ(some.field("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(some.field("Content-Type"), "text/plain");
  EXPECT_NE(some.field("ETag"), "");
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=-3"}}).body, "789");
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=7-"}}).body, "789");
  EXPECT_EQ(get("big.bin", {{"Range", "bytes=50000-99998"}}).body, big_.substr(50000, 49999));
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=2-1"}}).status, 200);
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1"}, {"Range", "bytes=2-3"}}).status, 200);
}

TEST_F(AnswerRanges, ARangeBeyondTheEndIsRefused) {
  const TestingResponse response = get("a.txt", {{"Range", "bytes=10-"}});
  EXPECT_EQ(response.status, 416);
  EXPECT_EQ(response.field("Content-Range"), "bytes */10");
  EXPECT_TRUE(response.is_refused);
}

TEST_F(AnswerRanges, IfRangeWithAnOldTagSendsAll) {
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1"}, {"If-Range", "\"old\""}}).status, 200);
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1"}, {"If-Range", tag("a.txt")}}).status, 206);
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1"}, {"If-Range", kModifiedText}}).status, 206);
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=20-"}, {"If-Range", "\"old\""}}).status, 200);
}

TEST_F(AnswerRanges, ConditionsComeBeforeRanges) {
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=20-"}, {"If-None-Match", tag("a.txt")}}).status, 304);
}

TEST_F(AnswerRanges, SeveralRangesAreParts) {
  const TestingResponse response = get("a.txt", {{"Range", "bytes=0-1, 50-60, -2"}});
  EXPECT_EQ(response.status, 206);
  EXPECT_EQ(response.field("Content-Range"), "");
  const std::string type = response.field("Content-Type");
  const std::string prefix = "multipart/byteranges; boundary=";
  ASSERT_THAT(type, StartsWith(prefix));
  const std::string boundary = type.substr(prefix.size());
  EXPECT_EQ(boundary.size(), 32U);
  EXPECT_EQ(response.body, "\r\n--" + boundary +
                               "\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n"
                               "01\r\n--" +
                               boundary +
                               "\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\n"
                               "89\r\n--" +
                               boundary + "--\r\n");
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1,50-60"}}).field("Content-Range"), "bytes 0-1/10");
}

TEST_F(AnswerRanges, LargePartsGoByTheKernel) {
  const TestingResponse response = get("big.bin", {{"Range", "bytes=0-19999,50000-79999"}});
  EXPECT_EQ(response.files, 2);
  EXPECT_THAT(response.body, HasSubstr(big_.substr(0, 20000) + "\r\n--"));
  EXPECT_THAT(response.body, HasSubstr("\r\n\r\n" + big_.substr(50000, 30000) + "\r\n--"));
}

}  // namespace
}  // namespace forkloom::files
