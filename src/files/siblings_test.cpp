#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "files/testing_answer.h"

namespace forkloom::files {
namespace {

using testing::EndsWith;

class Siblings : public AnswerFile {};

TEST_F(Siblings, ACompressedSiblingIsSentToWhoAcceptsIt) {
  policy_.serves_precompressed = true;
  folder_.add("a.txt.gz", "gzipped", kModified);
  folder_.add("a.txt.br", "brotli", kModified);
  const TestingResponse best = get("a.txt", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(best.body, "brotli");
  EXPECT_EQ(best.field("Content-Encoding"), "br");
  EXPECT_EQ(best.field("Content-Type"), "text/plain");
  EXPECT_EQ(best.field("Vary"), "Accept-Encoding");
  EXPECT_THAT(best.field("ETag"), EndsWith("-br\""));
  EXPECT_EQ(get("a.txt", {{"Accept-Encoding", "gzip, br;q=0"}}).body, "gzipped");
  EXPECT_EQ(get("a.txt", {{"Accept-Encoding", "gzip;q=0.9, br;q=0.1"}}).body, "gzipped");
  EXPECT_EQ(get("a.txt", {{"Accept-Encoding", "gzip"}, {"Accept-Encoding", "br"}}).body, "brotli");
  EXPECT_EQ(get("a.txt", {{"Accept-Encoding", "zstd, *;q=0.5"}}).body, "brotli");
  EXPECT_EQ(ask("HEAD", "a.txt", {{"Accept-Encoding", "br"}}).body_length, 6U);
  const TestingResponse cut = get("a.txt", {{"Accept-Encoding", "br"}, {"Range", "bytes=1-2"}});
  EXPECT_EQ(cut.body, "ro");
  EXPECT_EQ(cut.field("Content-Range"), "bytes 1-2/6");
  EXPECT_EQ(get("a.txt", {{"Accept-Encoding", "br"}, {"Range", "bytes=0-0,2-2"}}).status, 200);
  const TestingResponse unchanged =
      get("a.txt", {{"Accept-Encoding", "br"}, {"If-None-Match", best.field("ETag")}});
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.field("Vary"), "Accept-Encoding");
}

TEST_F(Siblings, WhoAcceptsNoneOfThemGetsTheOriginalThatVaries) {
  policy_.serves_precompressed = true;
  folder_.add("a.txt.gz", "gzipped", kModified);
  for (const char* accepted : {"", "br", "gzip;q=0", "*;q=0", "gzip;q=0.5, identity;q=0.6"}) {
    const TestingResponse response = get("a.txt", {{"Accept-Encoding", accepted}});
    EXPECT_EQ(response.body, "0123456789") << accepted;
    EXPECT_EQ(response.field("Vary"), "Accept-Encoding");
    EXPECT_EQ(response.field("Content-Encoding"), "");
  }
  EXPECT_EQ(get("a.txt").field("Vary"), "Accept-Encoding");
}

TEST_F(Siblings, ASiblingThatIsStaleOrNoFileDoesNotCount) {
  policy_.serves_precompressed = true;
  folder_.add("a.txt.gz", "gzipped", kModified - seconds(1));
  std::filesystem::create_directory(folder_ / "a.txt.br");
  folder_.add("elsewhere", "secret", kNow);
  std::filesystem::create_symlink("elsewhere", folder_ / "a.txt.zst");
  const TestingResponse response = get("a.txt", {{"Accept-Encoding", "gzip, br, zstd"}});
  EXPECT_EQ(response.body, "0123456789");
  EXPECT_EQ(response.field("Content-Encoding"), "");
}

TEST_F(Siblings, SiblingsAreLeftAloneUnlessAskedForOrWhereTheFileIsCodedItself) {
  folder_.add("a.txt.gz", "gzipped", kModified);
  EXPECT_EQ(get("a.txt", {{"Accept-Encoding", "gzip"}}).body, "0123456789");
  policy_.serves_precompressed = true;
  policy_.encodings["gz"] = "gzip";
  folder_.add("a.txt.gz.br", "twice", kModified);
  const TestingResponse coded = get("a.txt.gz", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(coded.body, "gzipped");
  EXPECT_EQ(coded.field("Content-Encoding"), "gzip");
  EXPECT_EQ(coded.field("Content-Type"), "text/plain");
  EXPECT_EQ(coded.field("Vary"), "");
}

TEST_F(Siblings, ARootThatIsAFileHasTypeAndSiblingsToo) {
  policy_.serves_precompressed = true;
  folder_.add("a.txt.gz", "gzipped", kModified);
  const std::string root = folder_.root() + "/a.txt";
  http::Request request;
  request.method = "GET";
  request.fields.push_back({.name = "Accept-Encoding", .value = "gzip"});
  TestingResponse response;
  answer_file(request, find(root, "", Links::kNever, false), root, "", policy_, kNow, 200,
              response);
  EXPECT_EQ(response.body, "gzipped");
  EXPECT_EQ(response.field("Content-Type"), "text/plain");
}

}  // namespace
}  // namespace forkloom::files
