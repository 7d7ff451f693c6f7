#include "files/conditions.h"

#include <initializer_list>
#include <string_view>

#include <gtest/gtest.h>

namespace forkloom::files {
namespace {

constexpr std::time_t kNow = 1795515302;
// Sun, 06 Nov 1994 08:49:37 GMT
const Validators kCurrent{.tag = "\"now\"", .modified = 784111777};
constexpr std::string_view kBefore = "Sun, 06 Nov 1994 08:49:36 GMT";
constexpr std::string_view kSame = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr std::string_view kLater = "Sun, 06 Nov 1994 08:49:38 GMT";

struct Pair {
  std::string_view name;
  std::string_view value;
};

void fill(http::Request& request, std::string_view method, std::initializer_list<Pair> fields) {
  request.method = method;
  for (const Pair& pair : fields)
    request.fields.push_back({.name = pair.name, .value = pair.value});
}

Verdict get(std::initializer_list<Pair> fields, const Validators& current = kCurrent) {
  http::Request request;
  fill(request, "GET", fields);
  return judge(request, current, kNow);
}

bool ranges(std::initializer_list<Pair> fields, const Validators& current = kCurrent,
            std::time_t now = kNow) {
  http::Request request;
  fill(request, "GET", fields);
  return allows_range(request, current, now);
}

TEST(Conditions, WithoutAnyTheFileIsSent) { EXPECT_EQ(get({}), Verdict::kSend); }

TEST(Conditions, IfMatchComparesStrongly) {
  EXPECT_EQ(get({{"If-Match", "\"old\", \"now\""}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Match", "\"old\""}, {"if-match", "\"now\""}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Match", "*"}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Match", "\"old\""}}), Verdict::kFailed);
  EXPECT_EQ(get({{"If-Match", "W/\"now\""}}), Verdict::kFailed);
  EXPECT_EQ(get({{"If-Match", "now"}}), Verdict::kFailed);
  EXPECT_EQ(get({{"If-Match", "\"now\""}}, {.tag = "", .modified = 0}), Verdict::kFailed);
}

TEST(Conditions, IfUnmodifiedSinceCountsWithoutIfMatch) {
  EXPECT_EQ(get({{"If-Unmodified-Since", kBefore}}), Verdict::kFailed);
  EXPECT_EQ(get({{"If-Unmodified-Since", kSame}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Match", "\"now\""}, {"If-Unmodified-Since", kBefore}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Unmodified-Since", "yesterday"}}), Verdict::kSend);
}

TEST(Conditions, IfNoneMatchComparesWeakly) {
  EXPECT_EQ(get({{"If-None-Match", "\"old\""}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-None-Match", "\"old\", W/\"now\""}}), Verdict::kNotModified);
  EXPECT_EQ(get({{"If-None-Match", "*"}}), Verdict::kNotModified);
  http::Request request;
  fill(request, "PUT", {{"If-None-Match", "*"}});
  EXPECT_EQ(judge(request, kCurrent, kNow), Verdict::kFailed);
}

TEST(Conditions, IfModifiedSinceCountsWithoutIfNoneMatch) {
  EXPECT_EQ(get({{"If-Modified-Since", kBefore}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Modified-Since", kSame}}), Verdict::kNotModified);
  EXPECT_EQ(get({{"If-Modified-Since", kLater}}), Verdict::kNotModified);
  EXPECT_EQ(get({{"If-None-Match", "\"old\""}, {"If-Modified-Since", kSame}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Modified-Since", "784111777"}}), Verdict::kSend);
  EXPECT_EQ(get({{"If-Modified-Since", kSame}, {"If-Modified-Since", kSame}}), Verdict::kSend);
}

TEST(Conditions, PreconditionsComeBeforeTheCache) {
  EXPECT_EQ(get({{"If-None-Match", "\"now\""}, {"If-Match", "\"old\""}}), Verdict::kFailed);
  EXPECT_EQ(get({{"If-None-Match", "\"now\""}, {"If-Match", "\"now\""}}), Verdict::kNotModified);
}

TEST(Conditions, IfRangeWantsTheSameFile) {
  EXPECT_TRUE(ranges({}));
  EXPECT_TRUE(ranges({{"If-Range", "\"now\""}}));
  EXPECT_FALSE(ranges({{"If-Range", "\"old\""}}));
  EXPECT_FALSE(ranges({{"If-Range", "W/\"now\""}}));
  EXPECT_FALSE(ranges({{"If-Range", "W/\"now\""}}, {.tag = "W/\"now\"", .modified = 0}));
  EXPECT_FALSE(ranges({{"If-Range", "\"now\", \"old\""}}));
  EXPECT_FALSE(ranges({{"If-Range", "\"now\""}, {"If-Range", "\"now\""}}));
  EXPECT_FALSE(ranges({{"If-Range", ""}}));
}

TEST(Conditions, IfRangeWithADateWantsExactlyThatDate) {
  EXPECT_TRUE(ranges({{"If-Range", kSame}}));
  EXPECT_FALSE(ranges({{"If-Range", kBefore}}));
  EXPECT_FALSE(ranges({{"If-Range", kLater}}));
  EXPECT_FALSE(ranges({{"If-Range", kSame}}, kCurrent, kCurrent.modified));
}

}  // namespace
}  // namespace forkloom::files
