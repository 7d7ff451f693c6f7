#include "files/answer_file.h"

#include <filesystem>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "files/testing_answer.h"

namespace forkloom::files {
namespace {

using testing::StartsWith;

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
  for (const auto& [method, status] : {std::pair{"POST", 405},
                                       {"PUT", 405},
                                       {"DELETE", 405},
                                       {"PATCH", 405},
                                       {"get", 501},
                                       {"BREW", 501}}) {
    const TestingResponse response = ask(method, "a.txt");
    EXPECT_TRUE(response.is_refused) << method;
    EXPECT_EQ(response.status, status) << method;
    EXPECT_EQ(response.field("Allow"), "GET,HEAD,OPTIONS");
  }
}

TEST_F(AnswerFile, ConditionsAreAnswered) {
  const std::string current = tag("a.txt");
  const TestingResponse unchanged = get("a.txt", {{"If-None-Match", current}});
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.field("ETag"), current);
  EXPECT_EQ(unchanged.field("Last-Modified"), kModifiedText);
  EXPECT_EQ(unchanged.field("Accept-Ranges"), "bytes");
  EXPECT_EQ(unchanged.field("Content-Type"), "");
  EXPECT_EQ(unchanged.body, "");
  EXPECT_FALSE(unchanged.body_length);
  EXPECT_EQ(ask("HEAD", "a.txt", {{"If-None-Match", "W/" + current}}).status, 304);
  EXPECT_EQ(get("a.txt", {{"If-Modified-Since", kModifiedText}}).status, 304);
  EXPECT_EQ(get("a.txt", {{"If-None-Match", "\"x\""}}).status, 200);
  EXPECT_EQ(get("a.txt", {{"If-Match", current}}).status, 200);
  EXPECT_EQ(get("a.txt", {{"If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:36 GMT"}}).status, 412);
}

TEST_F(AnswerFile, AFailedConditionIsRefusedWithWhatTheFileIsNow) {
  const TestingResponse response = get("a.txt", {{"If-Match", "\"x\""}});
  EXPECT_TRUE(response.is_refused);
  EXPECT_EQ(response.status, 412);
  EXPECT_EQ(response.field("ETag"), tag("a.txt"));
  EXPECT_EQ(response.field("Last-Modified"), kModifiedText);
  EXPECT_EQ(response.field("Accept-Ranges"), "bytes");
}

TEST_F(AnswerFile, ADateOfTheFutureIsNoCondition) {
  EXPECT_EQ(get("a.txt", {{"If-Modified-Since", "Tue, 24 Nov 2026 10:15:02 GMT"}}).status, 304);
  EXPECT_EQ(get("a.txt", {{"If-Modified-Since", "Tue, 24 Nov 2026 10:15:03 GMT"}}).status, 200);
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
  EXPECT_EQ(stale.field("Expires"), "Tue, 24 Nov 2026 10:15:02 GMT");  // never before now
  policy_.freshness_by_type["text/plain"] = {.lifetime = seconds::max()};
  EXPECT_EQ(get("a.txt").field("Cache-Control"), "max-age=3155695200");
  policy_.has_expiry = false;
  EXPECT_EQ(get("a.txt").field("Cache-Control"), "");
}

TEST_F(AnswerFile, AnErrorDocumentIgnoresMethodConditionsAndRanges) {
  for (const char* method : {"GET", "POST"}) {
    const TestingResponse response =
        ask(method, "a.txt",
            {{"Range", "bytes=0-1"}, {"If-None-Match", "*"}, {"If-Match", "\"x\""}}, 404);
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.body, "0123456789");
    EXPECT_EQ(response.field("Content-Type"), "text/plain");
    EXPECT_EQ(response.field("ETag"), tag("a.txt"));
    EXPECT_EQ(response.field("Last-Modified"), kModifiedText);
    EXPECT_EQ(response.field("Accept-Ranges"), "bytes");
  }
  EXPECT_EQ(ask("HEAD", "a.txt", {}, 404).body, "");
}

}  // namespace
}  // namespace forkloom::files
