#include "http/request_reader.h"

#include <random>
#include <string>

#include <boost/beast/http/field.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/transcript.h"

namespace forkloom::http {
namespace {

using State = RequestReader::State;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The transcript of a stream, the same however it is split.
std::string read(const std::string& stream, const RequestLimits& limits = {},
                 std::uint64_t body_limit = 0) {
  const std::string whole = read_whole(stream, limits, body_limit);
  EXPECT_EQ(read_by_bytes(stream, limits, body_limit), whole);
  std::mt19937 random(7230);
  for (int round = 0; round < 50; ++round) {
    EXPECT_EQ(read_split(stream, std::ref(random), limits, body_limit), whole);
  }
  return whole;
}

// Reads one head that is given whole.
class Head {
 public:
  explicit Head(const std::string& text, const RequestLimits& limits = {}) : reader_(limits) {
    step_ = reader_.read_head(text, request);
    EXPECT_EQ(step_.state, State::kDone) << reader_.refusal().reason;
  }
  Request request;

 private:
  RequestReader reader_;
  RequestReader::Step step_;
};

std::string with_fields(const std::string& fields, const std::string& version = "HTTP/1.1") {
  return "GET / " + version + "\r\nHost: a\r\n" + fields + "\r\n";
}

std::string with_target(const std::string& target, const std::string& method = "GET") {
  return method + " " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

TEST(RequestReader, reads_a_request_with_everything_in_it) {
  EXPECT_EQ(read("POST /a%20b?c=d HTTP/1.1\r\nHost: example.org:8080\r\nX-One:  two words\t\r\n"
                 "Content-Length: 5\r\n\r\nhello"),
            "method=POST\n"
            "target=/a%20b?c=d\n"
            "path=/a%20b\n"
            "query=c=d\n"
            "authority=example.org:8080\n"
            "field=Host: example.org:8080\n"
            "field=X-One: two words\n"
            "field=Content-Length: 5\n"
            "head=POST /a%20b?c=d HTTP/1.1\r\nHost: example.org:8080\r\nX-One:  two words\t\r\n"
            "Content-Length: 5\r\n\r\n\n"
            "HTTP/1.1 keep-alive length 5\n"
            "body=hello\n");
}

TEST(RequestReader, reads_pipelined_requests_one_after_the_other) {
  const std::string text = read(
      "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"
      "POST /4 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
      "GET /5 HTTP/1.0\r\n\r\n");
  EXPECT_THAT(text, HasSubstr("target=/1\n"));
  EXPECT_THAT(text, HasSubstr("body=abc\nmethod=POST\ntarget=/3\n"));
  EXPECT_THAT(text, HasSubstr("body=de\nmethod=POST\ntarget=/4\n"));
  EXPECT_THAT(text, HasSubstr("length 0\nbody=\nmethod=GET\ntarget=/5\n"));
  EXPECT_THAT(text, testing::EndsWith("HTTP/1.0 close\nbody=\n"));
}

TEST(RequestReader, leaves_the_bytes_of_the_next_request) {
  const std::string first = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
  RequestReader reader{RequestLimits{}};
  Request request;
  const RequestReader::Step step = reader.read_head(first + "GET /2", request);
  EXPECT_EQ(step.state, State::kDone);
  EXPECT_EQ(step.consumed, first.size());
  EXPECT_FALSE(reader.has_begun());
  EXPECT_EQ(reader.read_body("GET /2").state, State::kDone);
  EXPECT_EQ(reader.read_body("GET /2").consumed, 0U);
}

TEST(RequestReader, skips_a_few_empty_lines_before_a_request) {
  EXPECT_THAT(read("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /2 HTTP/1.0\r\n\r\n"),
              testing::AllOf(HasSubstr("head=GET / HTTP/1.1\r\n"), HasSubstr("target=/2\n")));
}

TEST(RequestReader, has_begun_only_at_the_first_byte_of_a_head) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head("\r\n\r", request);
  EXPECT_FALSE(reader.has_begun());
  reader.read_head("\n", request);
  EXPECT_FALSE(reader.has_begun());
  reader.read_head("G", request);
  EXPECT_TRUE(reader.has_begun());
}

TEST(RequestReader, leaves_the_last_request_alone_until_the_next_one_begins) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head(with_fields("X: y\r\n"), request);
  reader.read_head("\r\n", request);
  EXPECT_EQ(request.find("x")->value, "y");
  reader.read_head("G", request);
  EXPECT_THAT(request.fields, IsEmpty());
  EXPECT_EQ(request.method, "");
}

TEST(RequestReader, knows_the_request_line_before_the_head_is_complete) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head("GET /a?b HTTP/1.1\r\n", request);
  for (int i = 0; i < 50; ++i)
    reader.read_head("X: a longer value, so that memory grows\r\n", request);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/a?b");
  EXPECT_EQ(request.path, "/a");
}

TEST(RequestReader, refuses_a_request_line_before_the_head_is_complete) {
  RequestReader reader{RequestLimits{}};
  Request request;
  EXPECT_EQ(reader.read_head("GET /old\r\n", request).state, State::kRefused);
  EXPECT_EQ(reader.refusal().status, 400);
}

TEST(RequestReader, refuses_a_line_that_is_too_long_before_its_end) {
  RequestReader reader{RequestLimits{.request_line = 100}};
  Request request;
  EXPECT_EQ(reader.read_head("GET /" + std::string(95, 'a'), request).state, State::kNeedMore);
  EXPECT_EQ(reader.read_head("a", request).state, State::kRefused);
  EXPECT_EQ(reader.refusal().status, 414);
}

TEST(RequestReader, stays_with_a_refusal) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head("GET / HTTP/7.0\r\n", request);
  const RequestReader::Step step = reader.read_head(with_fields(""), request);
  EXPECT_EQ(step.state, State::kRefused);
  EXPECT_EQ(step.consumed, 0U);
  EXPECT_EQ(reader.read_body("x").state, State::kRefused);
  EXPECT_EQ(reader.refusal().status, 505);
}

TEST(RequestReader, shows_the_request_line_of_a_head_refused_for_a_field) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head("GET /a HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n", request);
  EXPECT_EQ(reader.refusal().status, 400);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/a");
}

TEST(RequestReader, takes_lines_as_long_as_the_limits_allow) {
  const RequestLimits limits{.request_line = 30, .field_count = 3, .field_size = 20};
  const std::string line = "GET /" + std::string(16, 'a') + " HTTP/1.1";
  const std::string field = "X: " + std::string(17, 'b');
  ASSERT_EQ(line.size(), 30U);
  ASSERT_EQ(field.size(), 20U);
  const std::string head = line + "\r\nHost: h\r\n" + field + "\r\n" + field + "\r\n\r\n";
  EXPECT_THAT(read(head, limits), HasSubstr("keep-alive\n"));
}

TEST(RequestReader, takes_any_number_of_fields_where_there_is_no_limit) {
  std::string fields;
  for (int i = 0; i < 500; ++i) fields += "X: y\r\n";
  EXPECT_EQ(Head(with_fields(fields), {.field_count = 0}).request.fields.size(), 501U);
}

TEST(RequestReader, names_well_known_fields_by_number) {
  const Head head(with_fields("USER-agent: x\r\nX-Own: y\r\n"));
  EXPECT_EQ(head.request.fields[1].known,
            static_cast<std::uint16_t>(boost::beast::http::field::user_agent));
  EXPECT_EQ(head.request.fields[2].known, 0);
}

TEST(RequestReader, finds_the_first_field_of_a_name_in_any_case) {
  const Head head(with_fields("X-a: 1\r\nx-A: 2\r\n"));
  ASSERT_NE(head.request.find("X-A"), nullptr);
  EXPECT_EQ(head.request.find("X-A")->value, "1");
  EXPECT_EQ(head.request.find("X-"), nullptr);
}

TEST(RequestReader, keeps_bytes_outside_ascii_in_values) {
  EXPECT_EQ(Head(with_fields("X: \xe9\x80\xff\r\n")).request.find("X")->value, "\xe9\x80\xff");
}

TEST(RequestReader, keeps_empty_values_and_tabs_inside_values) {
  const Head head(with_fields("A:\r\nB: \t \r\nC:a\tb\r\n"));
  EXPECT_EQ(head.request.find("A")->value, "");
  EXPECT_EQ(head.request.find("B")->value, "");
  EXPECT_EQ(head.request.find("C")->value, "a\tb");
}

TEST(RequestReader, takes_the_parts_of_an_absolute_target) {
  const Head head("GET HTTP://b.example:81/p?q HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(head.request.target, "HTTP://b.example:81/p?q");
  EXPECT_EQ(head.request.path, "/p");
  EXPECT_EQ(head.request.query, "q");
  EXPECT_EQ(head.request.authority, "b.example:81");
}

TEST(RequestReader, lets_the_authority_of_an_absolute_target_replace_host) {
  const Head head("GET https://b/ HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(head.request.find("host")->value, "b");
}

TEST(RequestReader, gives_an_absolute_target_without_path_the_root) {
  EXPECT_EQ(Head(with_target("http://b")).request.path, "/");
  const Head query(with_target("http://b?c/d"));
  EXPECT_EQ(query.request.path, "/");
  EXPECT_EQ(query.request.query, "c/d");
}

TEST(RequestReader, reads_options_for_the_whole_server) {
  EXPECT_EQ(Head(with_target("*", "OPTIONS")).request.path, "*");
  EXPECT_EQ(Head(with_target("http://b", "OPTIONS")).request.path, "*");
  EXPECT_EQ(Head(with_target("http://b/", "OPTIONS")).request.path, "/");
}

TEST(RequestReader, splits_a_target_at_its_first_question_mark) {
  const Head head(with_target("//a/../b?c?d=/"));
  EXPECT_EQ(head.request.path, "//a/../b");
  EXPECT_EQ(head.request.query, "c?d=/");
  EXPECT_EQ(Head(with_target("/?")).request.query, "");
}

TEST(RequestReader, takes_any_token_as_method) {
  EXPECT_EQ(Head(with_target("/", "get")).request.method, "get");
  EXPECT_EQ(Head(with_target("/", "M-SEARCH")).request.method, "M-SEARCH");
}

TEST(RequestReader, takes_every_kind_of_host) {
  for (const std::string host : {"", "a", "a:", "a:80", "127.0.0.1:8000", "[::1]", "[::1]:80",
                                 "[::ffff:1.2.3.4]:80", "xn--bcher-kva.example", "a_b", "a%2Fb"}) {
    const Head head("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    EXPECT_EQ(head.request.authority, host);
  }
  EXPECT_EQ(Head("GET / HTTP/1.0\r\n\r\n").request.authority, "");
}

TEST(RequestReader, treats_higher_minor_versions_as_1_1) {
  const Head head("GET / HTTP/1.9\r\nHost: a\r\n\r\n");
  EXPECT_EQ(head.request.minor_version, 1);
  EXPECT_TRUE(head.request.is_keep_alive);
  EXPECT_EQ(Head("GET / HTTP/1.0\r\n\r\n").request.minor_version, 0);
}

TEST(RequestReader, keeps_http_1_1_alive_unless_told_to_close) {
  EXPECT_TRUE(Head(with_fields("")).request.is_keep_alive);
  EXPECT_TRUE(Head(with_fields("Connection: closed\r\n")).request.is_keep_alive);
  EXPECT_FALSE(Head(with_fields("Connection: close\r\n")).request.is_keep_alive);
  EXPECT_FALSE(Head(with_fields("Connection: TE , ,CLOSE\r\n")).request.is_keep_alive);
  EXPECT_FALSE(Head(with_fields("Connection: a\r\nConnection: keep-alive, close\r\n"))
                   .request.is_keep_alive);
}

TEST(RequestReader, keeps_http_1_0_alive_only_when_asked) {
  EXPECT_FALSE(Head(with_fields("", "HTTP/1.0")).request.is_keep_alive);
  EXPECT_TRUE(Head(with_fields("Connection: Keep-Alive\r\n", "HTTP/1.0")).request.is_keep_alive);
  EXPECT_FALSE(
      Head(with_fields("Connection: keep-alive, close\r\n", "HTTP/1.0")).request.is_keep_alive);
}

TEST(RequestReader, sees_who_waits_for_100_continue) {
  const std::string fields = "Expect: 100-Continue\r\nContent-Length: 5\r\n";
  EXPECT_TRUE(Head(with_fields(fields)).request.expects_continue);
  EXPECT_TRUE(Head(with_fields("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n"))
                  .request.expects_continue);
  EXPECT_FALSE(Head(with_fields(fields, "HTTP/1.0")).request.expects_continue);
  EXPECT_FALSE(Head(with_fields("Expect: 100-continue\r\n")).request.expects_continue);
  EXPECT_FALSE(Head(with_fields("Expect: tea\r\n", "HTTP/1.0")).request.expects_continue);
}

TEST(RequestReader, reads_a_length_in_any_spelling_of_its_number) {
  const Head head(with_fields("Content-Length: 0000000000000000000000012\r\n"));
  EXPECT_EQ(head.request.content_length, 12U);
  EXPECT_EQ(head.request.framing, Framing::kLength);
}

TEST(RequestReader, takes_bodies_of_any_length_where_there_is_no_limit) {
  const Head head(with_fields("Content-Length: 18446744073709551615\r\n"));
  EXPECT_EQ(head.request.content_length, 18446744073709551615U);
  EXPECT_THAT(read(with_fields("Transfer-Encoding: chunked\r\n") + "FFFFFFFFFFFFFFFF\r\nx"),
              testing::EndsWith("body incomplete=x\n"));
}

TEST(RequestReader, takes_a_body_as_long_as_the_limit) {
  EXPECT_THAT(read(with_fields("Content-Length: 6\r\n") + "abcdef", {}, 6),
              testing::EndsWith("body=abcdef\n"));
  EXPECT_THAT(
      read(with_fields("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n", {},
           6),
      testing::EndsWith("body=abcdef\n"));
}

TEST(RequestReader, limits_each_body_by_itself) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head(with_fields("Transfer-Encoding: chunked\r\n"), request);
  reader.limit_body(2);
  EXPECT_EQ(reader.read_body("2\r\nab\r\n0\r\n\r\n").state, State::kDone);
  reader.read_head(with_fields("Transfer-Encoding: chunked\r\n"), request);
  EXPECT_EQ(reader.read_body("3\r\nabc\r\n0\r\n\r\n").state, State::kDone);
  reader.read_head(with_fields("Content-Length: 3\r\n"), request);
  reader.limit_body(2);
  EXPECT_EQ(reader.refusal().status, 413);
  EXPECT_EQ(reader.read_body("abc").state, State::kRefused);
}

TEST(RequestReader, decodes_chunks_with_extensions_and_trailers) {
  EXPECT_THAT(read(with_fields("Transfer-Encoding: Chunked\r\n") +
                   "5\r\nhello\r\n"
                   "00A;name;other=\"a;\xe9 b\"\r\n\r\n\r\n0\r\nx\r\n\r\n"
                   "1 \t; spaced = out\r\n!\r\n"
                   "000;last\r\nX-Checksum: 1234\r\nX-Empty:\r\n\r\n"
                   "GET /next HTTP/1.0\r\n\r\n"),
              HasSubstr("body=hello\r\n\r\n0\r\nx\r\n!\nmethod=GET\ntarget=/next\n"));
}

TEST(RequestReader, gives_pieces_as_views_into_the_bytes_of_the_call) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head(with_fields("Transfer-Encoding: chunked\r\n"), request);
  const std::string bytes = "2\r\nab\r\n3\r\ncde\r\n4\r\nf";
  EXPECT_EQ(reader.read_body(bytes).state, State::kNeedMore);
  EXPECT_THAT(reader.pieces(), ElementsAre("ab", "cde", "f"));
  EXPECT_EQ(reader.pieces()[0].data(), bytes.data() + 3);
  EXPECT_EQ(reader.read_body("").state, State::kNeedMore);
  EXPECT_THAT(reader.pieces(), IsEmpty());
}

TEST(RequestReader, stops_at_the_end_of_a_body_of_known_length) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head(with_fields("Content-Length: 5\r\n"), request);
  EXPECT_EQ(reader.read_body("he").state, State::kNeedMore);
  const RequestReader::Step step = reader.read_body("lloGET");
  EXPECT_EQ(step.state, State::kDone);
  EXPECT_EQ(step.consumed, 3U);
  EXPECT_THAT(reader.pieces(), ElementsAre("llo"));
}

TEST(RequestReaderDeathTest, does_not_read_a_body_as_a_head) {
  RequestReader reader{RequestLimits{}};
  Request request;
  reader.read_head(with_fields("Content-Length: 5\r\n"), request);
  EXPECT_DEATH(reader.read_head("hello", request), "");
}

}  // namespace
}  // namespace forkloom::http
