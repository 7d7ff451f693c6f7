#include "files/answer_file.h"

#include <filesystem>
#include <initializer_list>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "files/media_types.h"
#include "files/testing_folder.h"
#include "files/testing_response.h"

namespace forkloom::files {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const MediaTypes kTypes = MediaTypes::builtin();
constexpr WallTime kModified{seconds(784111777)};  // Sun, 06 Nov 1994 08:49:37 GMT
constexpr WallTime kNow{seconds(1795515302)};      // Tue, 24 Nov 2026 10:15:02 GMT
constexpr std::string_view kModifiedText = "Sun, 06 Nov 1994 08:49:37 GMT";

class AnswerFile : public testing::Test {
 protected:
  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  AnswerFile() {
    policy_.media_types = &kTypes;
    folder_.add("a.txt", "0123456789", kModified);
    big_.resize(100'000);
    for (std::size_t i = 0; i < big_.size(); ++i) big_[i] = static_cast<char>('a' + i % 23);
    folder_.add("big.bin", big_, kModified);
  }

  TestingResponse ask(std::string_view method, std::string_view path, Fields fields = {},
                      int status = 200, WallTime now = kNow) const {
    TestingResponse response;
    answer(response, method, path, fields, status, now);
    return response;
  }
  TestingResponse get(std::string_view path, Fields fields = {}) const {
    return ask("GET", path, fields);
  }
  void answer(TestingResponse& response, std::string_view method, std::string_view path,
              Fields fields, int status = 200, WallTime now = kNow) const {
    http::Request request;
    request.method = method;
    for (const auto& [name, value] : fields)
      request.fields.push_back({.name = name, .value = value});
    Found found = find(folder_.root(), path, policy_.links, policy_.serves_hidden);
    ASSERT_EQ(found.kind, Found::Kind::kFile) << path;
    answer_file(request, std::move(found), folder_.root(), path, policy_, now, status, response);
    EXPECT_TRUE(response.is_over());
    const bool has_body = method != "HEAD" && response.status != 304 && !response.is_refused;
    if (has_body && !response.is_gone) {
      EXPECT_EQ(response.body_length, response.body.size());
    }
  }
  std::string tag(std::string_view path) const { return get(path).field("ETag"); }

  TestingFolder folder_;
  std::string big_;
  Policy policy_;
};

TEST_F(AnswerFile, AFileHasTypeValidatorsAndLength) {
  const TestingResponse response = get("a.txt");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "0123456789");
  EXPECT_EQ(response.field("Content-Type"), "text/plain");
  EXPECT_EQ(response.field("Last-Modified"), kModifiedText);
  EXPECT_EQ(response.field("ETag"), fmt::format("\"a-{:x}\"", 784111777000000));
  EXPECT_EQ(response.field("Accept-Ranges"), "bytes");
  EXPECT_EQ(response.field("Cache-Control"), "");
  EXPECT_EQ(response.field("Expires"), "");
  EXPECT_EQ(response.field("Vary"), "");
  EXPECT_EQ(response.files, 0);
}

TEST_F(AnswerFile, ALargeFileGoesByTheKernel) {
  const TestingResponse response = get("big.bin");
  EXPECT_EQ(response.body, big_);
  EXPECT_EQ(response.files, 1);
}

TEST_F(AnswerFile, WithoutSendfileItIsCopiedInPortions) {
  policy_.uses_sendfile = false;
  const TestingResponse response = get("big.bin");
  EXPECT_EQ(response.body, big_);
  EXPECT_EQ(response.files, 0);
  EXPECT_EQ(response.writes, 2);
  folder_.add("huge.bin", std::string((1U << 20) + 1, 'x'), kModified);
  EXPECT_EQ(get("huge.bin").files, 1);
}

TEST_F(AnswerFile, NothingMoreIsReadForAClientThatHasLeft) {
  policy_.uses_sendfile = false;
  TestingResponse response;
  response.is_gone = true;
  answer(response, "GET", "big.bin", {});
  EXPECT_EQ(response.writes, 1);
}

TEST_F(AnswerFile, AnEmptyFileIsAnswered) {
  folder_.add("empty.txt", "", kModified);
  const TestingResponse response = get("empty.txt", {{"Range", "bytes=0-"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body_length, 0U);
}

TEST_F(AnswerFile, AFileThatShrankIsNotAnsweredWithLess) {
  for (const char* path : {"a.txt", "big.bin"}) {
    policy_.uses_sendfile = false;
    Found found = find(folder_.root(), path, Links::kNever, false);
    std::filesystem::resize_file(folder_ / path, 5);
    http::Request request;
    request.method = "GET";
    TestingResponse response;
    answer_file(request, std::move(found), folder_.root(), path, policy_, kNow, 200, response);
    EXPECT_TRUE(response.is_over());
    EXPECT_TRUE(response.is_aborted || response.status == 500) << path;
  }
}

TEST_F(AnswerFile, HeadHasTheSameFieldsWithoutTheBody) {
  for (const char* path : {"a.txt", "big.bin"}) {
    const TestingResponse head = ask("HEAD", path, {{"Range", "bytes=0-1"}});
    const TestingResponse whole = get(path);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.fields, whole.fields);
    EXPECT_EQ(head.body_length, whole.body_length);
    EXPECT_EQ(head.body, "");
  }
}

TEST_F(AnswerFile, OtherMethodsAreToldWhatIsAllowed) {
  const TestingResponse options = ask("OPTIONS", "a.txt");
  EXPECT_EQ(options.status, 200);
  EXPECT_EQ(options.field("Allow"), "GET,HEAD,OPTIONS");
  EXPECT_EQ(options.body, "");
  for (const char* method : {"POST", "PUT", "DELETE", "get", "BREW"}) {
    const TestingResponse response = ask(method, "a.txt");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.field("Allow"), "GET,HEAD,OPTIONS");
    EXPECT_EQ(response.body, "405 Method Not Allowed\n");
  }
}

TEST_F(AnswerFile, ConditionsAreAnswered) {
  const std::string current = tag("a.txt");
  const TestingResponse unchanged = get("a.txt", {{"If-None-Match", current}});
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.field("ETag"), current);
  EXPECT_EQ(unchanged.field("Last-Modified"), "");
  EXPECT_EQ(unchanged.field("Content-Type"), "");
  EXPECT_EQ(unchanged.body, "");
  EXPECT_FALSE(unchanged.body_length);
  EXPECT_EQ(ask("HEAD", "a.txt", {{"If-None-Match", "W/" + current}}).status, 304);
  EXPECT_EQ(get("a.txt", {{"If-Modified-Since", kModifiedText}}).status, 304);
  EXPECT_EQ(get("a.txt", {{"If-None-Match", "\"x\""}}).status, 200);
  EXPECT_EQ(get("a.txt", {{"If-Match", "\"x\""}}).status, 412);
  EXPECT_EQ(get("a.txt", {{"If-Match", current}}).status, 200);
  EXPECT_EQ(get("a.txt", {{"If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:36 GMT"}}).status, 412);
}

TEST_F(AnswerFile, WithoutATagThe304HasTheDate) {
  policy_.tag = {.has_mtime = false, .has_size = false};
  EXPECT_EQ(tag("a.txt"), "");
  const TestingResponse response = get("a.txt", {{"If-Modified-Since", kModifiedText}});
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(response.field("Last-Modified"), kModifiedText);
}

TEST_F(AnswerFile, ADigestFollowsTheContentAlone) {
  policy_.tag = {.has_digest = true};
  const std::string before = tag("a.txt");
  folder_.set_modified("a.txt", kModified + seconds(5));
  EXPECT_EQ(tag("a.txt"), before);
  folder_.add("a.txt", "0123456780", kModified);
  EXPECT_NE(tag("a.txt"), before);
}

TEST_F(AnswerFile, AFreshFileHasAWeakTagAndNoDateOfTheFuture) {
  const TestingResponse fresh = ask("GET", "a.txt", {}, 200, kModified + milliseconds(500));
  EXPECT_THAT(fresh.field("ETag"), StartsWith("W/\""));
  folder_.set_modified("a.txt", kNow + seconds(3600));
  const TestingResponse future = get("a.txt");
  EXPECT_EQ(future.field("Last-Modified"), "Tue, 24 Nov 2026 10:15:02 GMT");
}

TEST_F(AnswerFile, ARangeIsCutOut) {
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

TEST_F(AnswerFile, ARangeBeyondTheEndIsRefused) {
  const TestingResponse response = get("a.txt", {{"Range", "bytes=10-"}});
  EXPECT_EQ(response.status, 416);
  EXPECT_EQ(response.field("Content-Range"), "bytes */10");
  EXPECT_EQ(response.body, "416 Range Not Satisfiable\n");
}

TEST_F(AnswerFile, IfRangeWithAnOldTagSendsAll) {
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1"}, {"If-Range", "\"old\""}}).status, 200);
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1"}, {"If-Range", tag("a.txt")}}).status, 206);
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=0-1"}, {"If-Range", kModifiedText}}).status, 206);
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=20-"}, {"If-Range", "\"old\""}}).status, 200);
}

TEST_F(AnswerFile, ConditionsComeBeforeRanges) {
  EXPECT_EQ(get("a.txt", {{"Range", "bytes=20-"}, {"If-None-Match", tag("a.txt")}}).status, 304);
}

TEST_F(AnswerFile, SeveralRangesAreParts) {
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

TEST_F(AnswerFile, LargePartsGoByTheKernel) {
  const TestingResponse response = get("big.bin", {{"Range", "bytes=0-19999,50000-79999"}});
  EXPECT_EQ(response.files, 2);
  EXPECT_THAT(response.body, HasSubstr(big_.substr(0, 20000) + "\r\n--"));
  EXPECT_THAT(response.body, HasSubstr("\r\n\r\n" + big_.substr(50000, 30000) + "\r\n--"));
}

TEST_F(AnswerFile, ExpiryIsByTypeThenByDefault) {
  policy_.has_expiry = true;
  EXPECT_EQ(get("a.txt").field("Cache-Control"), "");
  policy_.default_freshness = Freshness{.lifetime = seconds(60)};
  policy_.freshness_by_type["text/*"] = {.lifetime = seconds(120)};
  EXPECT_EQ(get("big.bin").field("Cache-Control"), "max-age=60");
  EXPECT_EQ(get("big.bin").field("Expires"), "Tue, 24 Nov 2026 10:16:02 GMT");
  EXPECT_EQ(get("a.txt").field("Cache-Control"), "max-age=120");
  policy_.default_charset = "utf-8";
  policy_.freshness_by_type["text/plain"] = {.is_from_modification = true, .lifetime = seconds(1)};
  const TestingResponse stale = get("a.txt", {{"If-None-Match", "*"}});
  EXPECT_EQ(stale.status, 304);
  EXPECT_EQ(stale.field("Cache-Control"), "max-age=0");
  EXPECT_EQ(stale.field("Expires"), "Sun, 06 Nov 1994 08:49:38 GMT");
  policy_.freshness_by_type["text/plain"] = {.lifetime = seconds::max()};
  EXPECT_EQ(get("a.txt").field("Cache-Control"), "max-age=3155695200");
  policy_.has_expiry = false;
  EXPECT_EQ(get("a.txt").field("Cache-Control"), "");
}

TEST_F(AnswerFile, ACompressedSiblingIsSentToWhoAcceptsIt) {
  policy_.serves_precompressed = true;
  folder_.add("a.txt.gz", "gzipped", kModified);
  folder_.add("a.txt.br", "brotli", kModified);
  const TestingResponse best = get("a.txt", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(best.body, "brotli");
  EXPECT_EQ(best.field("Content-Encoding"), "br");
  EXPECT_EQ(best.field("Content-Type"), "text/plain");
  EXPECT_EQ(best.field("Vary"), "Accept-Encoding");
  EXPECT_THAT(best.field("ETag"), testing::EndsWith("-br\""));
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

TEST_F(AnswerFile, WhoAcceptsNoneOfThemGetsTheOriginalThatVaries) {
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

TEST_F(AnswerFile, ASiblingThatIsStaleOrNoFileDoesNotCount) {
  policy_.serves_precompressed = true;
  folder_.add("a.txt.gz", "gzipped", kModified - seconds(1));
  std::filesystem::create_directory(folder_ / "a.txt.br");
  folder_.add("elsewhere", "secret", kNow);
  std::filesystem::create_symlink("elsewhere", folder_ / "a.txt.zst");
  const TestingResponse response = get("a.txt", {{"Accept-Encoding", "gzip, br, zstd"}});
  EXPECT_EQ(response.body, "0123456789");
  EXPECT_EQ(response.field("Content-Encoding"), "");
}

TEST_F(AnswerFile, SiblingsAreLeftAloneUnlessAskedForOrWhereTheFileIsCodedItself) {
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

TEST_F(AnswerFile, ARootThatIsAFileHasTypeAndSiblingsToo) {
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

TEST_F(AnswerFile, AnErrorDocumentIgnoresMethodConditionsAndRanges) {
  for (const char* method : {"GET", "POST"}) {
    const TestingResponse response =
        ask(method, "a.txt",
            {{"Range", "bytes=0-1"}, {"If-None-Match", "*"}, {"If-Match", "\"x\""}}, 404);
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.body, "0123456789");
    EXPECT_EQ(response.field("Content-Type"), "text/plain");
    EXPECT_EQ(response.field("ETag"), "");
    EXPECT_EQ(response.field("Accept-Ranges"), "");
  }
  EXPECT_EQ(ask("HEAD", "a.txt", {}, 404).body, "");
}

}  // namespace
}  // namespace forkloom::files
