#include "http/response_head.h"

#include <array>

#include <gtest/gtest.h>

namespace forkloom::http {
namespace {

Request& request_of(Request& request, std::string_view method, int minor, bool is_keep_alive) {
  request.method = method;
  request.minor_version = static_cast<std::uint8_t>(minor);
  request.is_keep_alive = is_keep_alive;
  return request;
}

std::string head_of(const Request* request, const ResponseStart& start, const ResponsePlan& plan) {
  std::string out;
  append_head(request, start, plan, "Tue, 24 Nov 2026 10:15:02 GMT", "Forkloom", out);
  return out;
}

TEST(ResponsePlan, KnownLengthIsDeclaredAndKeepsTheConnection) {
  Request request;
  request_of(request, "GET", 1, true);
  ResponseStart start;
  start.body_length = 5;
  const ResponsePlan plan = plan_response(&request, start, true);
  EXPECT_EQ(plan.framing, BodyFraming::kLength);
  EXPECT_EQ(plan.length, 5U);
  EXPECT_TRUE(plan.is_keep_alive);
  EXPECT_EQ(head_of(&request, start, plan),
            "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 10:15:02 GMT\r\nServer: Forkloom\r\n"
            "Content-Length: 5\r\n\r\n");
}

TEST(ResponsePlan, UnknownLengthIsChunkedForHttp11) {
  Request request;
  request_of(request, "GET", 1, true);
  const ResponsePlan plan = plan_response(&request, {}, true);
  EXPECT_EQ(plan.framing, BodyFraming::kChunked);
  EXPECT_NE(head_of(&request, {}, plan).find("Transfer-Encoding: chunked\r\n"), std::string::npos);
}

TEST(ResponsePlan, UnknownLengthEndsWithTheConnectionForHttp10) {
  Request request;
  request_of(request, "GET", 0, true);
  const ResponsePlan plan = plan_response(&request, {}, true);
  EXPECT_EQ(plan.framing, BodyFraming::kUntilClose);
  EXPECT_FALSE(plan.is_keep_alive);
  const std::string head = head_of(&request, {}, plan);
  EXPECT_NE(head.find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(head.find("Transfer-Encoding"), std::string::npos);
}

TEST(ResponsePlan, KeepAliveIsSaidToHttp10Clients) {
  Request request;
  request_of(request, "GET", 0, true);
  ResponseStart start;
  start.body_length = 0;
  const ResponsePlan plan = plan_response(&request, start, true);
  EXPECT_TRUE(plan.is_keep_alive);
  EXPECT_NE(head_of(&request, start, plan).find("Connection: keep-alive\r\n"), std::string::npos);
}

TEST(ResponsePlan, ApplicationsContentLengthIsNotRepeated) {
  Request request;
  request_of(request, "GET", 1, true);
  const std::array fields = {Field{.name = "content-length", .value = "12"}};
  ResponseStart start{.status = 200, .reason = "Fine", .fields = fields, .body_length = 99};
  const ResponsePlan plan = plan_response(&request, start, true);
  EXPECT_EQ(plan.length, 12U);
  EXPECT_EQ(head_of(&request, start, plan),
            "HTTP/1.1 200 Fine\r\ncontent-length: 12\r\nDate: Tue, 24 Nov 2026 10:15:02 GMT\r\n"
            "Server: Forkloom\r\n\r\n");
}

TEST(ResponsePlan, HeadSaysTheLengthAndSendsNoBody) {
  Request request;
  request_of(request, "HEAD", 1, true);
  ResponseStart start;
  start.body_length = 7;
  const ResponsePlan plan = plan_response(&request, start, true);
  EXPECT_EQ(plan.framing, BodyFraming::kNone);
  EXPECT_TRUE(plan.is_keep_alive);
  EXPECT_NE(head_of(&request, start, plan).find("Content-Length: 7\r\n"), std::string::npos);
}

TEST(ResponsePlan, NoContentHasNeitherBodyNorLength) {
  Request request;
  request_of(request, "GET", 1, true);
  const std::array fields = {Field{.name = "Content-Length", .value = "3"}};
  ResponseStart start{.status = 204, .reason = "", .fields = fields, .body_length = {}};
  const ResponsePlan plan = plan_response(&request, start, true);
  EXPECT_EQ(plan.framing, BodyFraming::kNone);
  EXPECT_EQ(head_of(&request, start, plan).find("Content-Length"), std::string::npos);
}

TEST(ResponsePlan, WithoutARequestTheConnectionEnds) {
  ResponseStart start{.status = 400, .reason = "", .fields = {}, .body_length = 3};
  const ResponsePlan plan = plan_response(nullptr, start, true);
  EXPECT_FALSE(plan.is_keep_alive);
  EXPECT_EQ(plan.framing, BodyFraming::kLength);
  EXPECT_TRUE(head_of(nullptr, start, plan).starts_with("HTTP/1.1 400 Bad Request\r\n"));
}

TEST(ResponseHead, OwnDateAndServerOfTheApplicationStand) {
  const std::array fields = {Field{.name = "Date", .value = "then"},
                             Field{.name = "server", .value = "mine"}};
  ResponseStart start{.status = 200, .reason = "", .fields = fields, .body_length = 0};
  const std::string head = head_of(nullptr, start, plan_response(nullptr, start, false));
  EXPECT_EQ(head,
            "HTTP/1.1 200 OK\r\nDate: then\r\nserver: mine\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n");
}

TEST(ChunkSize, IsHexadecimal) {
  std::string out;
  append_chunk_size(255, out);
  EXPECT_EQ(out, "ff\r\n");
}

TEST(Date, IsAnImfFixdate) {
  EXPECT_EQ(format_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(format_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(format_date(1709210096), "Thu, 29 Feb 2024 12:34:56 GMT");
  EXPECT_EQ(format_date(-1), "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST(ReasonPhrase, IsTheRegistrysOne) {
  EXPECT_EQ(reason_phrase(404), "Not Found");
  EXPECT_EQ(reason_phrase(799), "Unknown");
}

}  // namespace
}  // namespace forkloom::http
