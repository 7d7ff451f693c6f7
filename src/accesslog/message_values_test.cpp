#include "accesslog/message_values.h"

#include <gtest/gtest.h>

#include "accesslog/sample.h"

namespace forkloom::accesslog {
namespace {

std::string user(std::string_view authorization) {
  Sample sample;
  sample.add("authorization", authorization);
  std::string out = "x";
  return append_basic_user(sample.request, out) ? out : out + " none";
}

std::string cookie(std::string_view value, std::string_view name) {
  http::Request request;
  request.fields.push_back({.name = "Cookie", .value = value});
  std::string out;
  return append_cookie(request, name, out) ? out : "none";
}

TEST(MessageValues, JoinLinesOfTheSameNameInAnyLetterCase) {
  Sample sample;
  sample.add("X-Tag", "one");
  sample.add("X-Other", "no");
  sample.add("x-tag", "t\"wo");
  std::string out;
  EXPECT_TRUE(append_request_field(sample.request, "X-TAG", out));
  EXPECT_EQ(out, R"(one, t\"wo)");
}

TEST(MessageValues, TellAnEmptyFieldFromAMissingOne) {
  Sample sample;
  sample.add("X-Empty", "");
  std::string out;
  EXPECT_TRUE(append_request_field(sample.request, "X-Empty", out));
  EXPECT_FALSE(append_request_field(sample.request, "X-Missing", out));
  EXPECT_EQ(out, "");
}

TEST(MessageValues, ReadTheResponsesFieldsButNotItsBody) {
  constexpr std::string_view kHead = "HTTP/1.1 200 OK\r\nA: 1 \r\nB:2\r\na:3\r\n\r\nA: body\r\n";
  std::string out;
  EXPECT_TRUE(append_response_field(kHead, "a", out));
  EXPECT_EQ(out, "1, 3");
  EXPECT_FALSE(append_response_field(kHead, "HTTP/1.1 200 OK", out));
  EXPECT_FALSE(append_response_field(kHead, "C", out));
  EXPECT_FALSE(append_response_field("", "A", out));
}

TEST(MessageValues, FindACookieByItsWholeName) {
  EXPECT_EQ(cookie("xid=0; id=1; id=2", "id"), "1");
  EXPECT_EQ(cookie("a=b=c;d", "a"), "b=c");
  EXPECT_EQ(cookie("a=b=c;d", "d"), "none");
  EXPECT_EQ(cookie("id=", "id"), "");
  EXPECT_EQ(cookie("ID=1", "id"), "none");
}

TEST(MessageValues, FindACookieInALaterField) {
  http::Request request;
  request.fields.push_back({.name = "Cookie", .value = "a=1"});
  request.fields.push_back({.name = "cookie", .value = "b=2; a=3"});
  std::string out;
  EXPECT_TRUE(append_cookie(request, "b", out));
  EXPECT_TRUE(append_cookie(request, "a", out));
  EXPECT_EQ(out, "21");
}

TEST(MessageValues, ReadTheUserOfBasicCredentials) {
  EXPECT_EQ(user("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), "xAladdin");
  EXPECT_EQ(user("basic  YTpi"), "xa");                 // a:b
  EXPECT_EQ(user("Basic w6kiOng="), R"(x\xc3\xa9\")");  // é":x
  EXPECT_EQ(user("Basic OnB3"), R"(x"")");              // :pw
}

TEST(MessageValues, NameNoUserWhereTheCredentialsAreOfAnotherKindOrBroken) {
  EXPECT_EQ(user("Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), "x none");
  EXPECT_EQ(user("Basic"), "x none");
  EXPECT_EQ(user("Basic QWxhZGRpbg=="), "x none");  // no colon
  EXPECT_EQ(user("Basic QWx!ZGRpbjpvcGVu"), "x none");
}

TEST(MessageValues, DecodeThePathWhereThatCanBeDone) {
  http::Request request;
  std::string out;
  request.path = "/a%20b/%22/../c";
  append_path(request, out);
  request.path = "/bad%zz";
  append_path(request, out);
  request.path = "*";
  append_path(request, out);
  request.path = "";
  append_path(request, out);
  EXPECT_EQ(out, "/a b/c/bad%zz*");
}

TEST(MessageValues, CutThePortOffAHost) {
  EXPECT_EQ(host_name("example.org:80"), "example.org");
  EXPECT_EQ(host_name("example.org"), "example.org");
  EXPECT_EQ(host_name("[::1]:80"), "[::1]");
  EXPECT_EQ(host_name(""), "");
}

}  // namespace
}  // namespace forkloom::accesslog
