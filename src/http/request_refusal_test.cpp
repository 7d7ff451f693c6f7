// Every refusal, each read whole, byte by byte and split at random.

#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/transcript.h"

namespace forkloom::http {
namespace {

using std::string_literals::operator""s;

struct Case {
  const char* name;
  std::string stream;
  int status;
  std::string_view reason;  // a part of it: the rule that is meant, not another one by chance
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

constexpr std::uint64_t kBodyLimit = 1000;
RequestLimits small_limits() { return {.request_line = 200, .field_count = 5, .field_size = 150}; }

std::string get(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}
std::string post(const std::string& fields, const std::string& body = "") {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}
std::string chunked(const std::string& body) {
  return post("Transfer-Encoding: chunked\r\n", body);
}
std::string target(const std::string& text) {
  return "GET " + text + " HTTP/1.1\r\nHost: a\r\n\r\n";
}
std::string host(const std::string& value) {
  return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
}
std::string trailer(const std::string& line) { return chunked("0\r\n" + line + "\r\n\r\n"); }

std::string repeated(std::size_t times, const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> table = {
      // Lines (RFC 9112 section 2.2).
      {"bare_lf_after_request_line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400, "LF without CR"},
      {"bare_lf_after_field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, "LF without CR"},
      {"bare_lf_as_empty_line", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400, "LF without CR"},
      {"bare_lf_before_request", "\nGET / HTTP/1.1\r\n", 400, "LF without CR"},
      {"cr_in_request_line", "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n", 400, "CR without LF"},
      {"cr_in_value", get("X: a\rb\r\n"), 400, "CR without LF"},
      {"cr_in_name", get("X\rY: b\r\n"), 400, "CR without LF"},
      {"cr_cr_lf", get("X: b\r\r\n"), 400, "CR without LF"},
      {"cr_at_line_start", get("\rX: b\r\n"), 400, "CR without LF"},
      {"cr_before_request", "\rGET / HTTP/1.1\r\n", 400, "CR without LF"},
      {"many_empty_lines", repeated(9, "\r\n"), 400, "empty lines"},
      {"folded_line", get("X: a\r\n b\r\n"), 400, "folded"},
      {"folded_line_with_tab", get("X: a\r\n\tb\r\n"), 400, "folded"},
      {"folded_first_field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "folded"},
      {"folded_empty_line", get("X: a\r\n \r\n"), 400, "folded"},

      // Limits.
      {"request_line_too_long", target("/" + std::string(200, 'a')), 414, "LimitRequestLine"},
      {"request_line_without_end", "GET /" + std::string(196, 'a'), 414, "LimitRequestLine"},
      {"field_line_too_long", get("X: " + std::string(148, 'a') + "\r\n"), 431,
       "LimitRequestFieldSize"},
      {"field_line_without_end", "GET / HTTP/1.1\r\nX:" + std::string(149, 'a'), 431,
       "LimitRequestFieldSize"},
      {"too_many_fields", get(repeated(5, "X: y\r\n")), 431, "LimitRequestFields"},
      {"one_byte_of_a_field_too_many", "GET / HTTP/1.1\r\n" + repeated(5, "X: y\r\n") + "X", 431,
       "LimitRequestFields"},
      {"length_above_limit", post("Content-Length: 1001\r\n"), 413, "LimitRequestBody"},
      {"chunk_above_limit", chunked("3e9\r\n"), 413, "LimitRequestBody"},
      {"chunks_above_limit", chunked("3e7\r\n" + std::string(999, 'x') + "\r\n2;"), 413,
       "LimitRequestBody"},

      // Method (RFC 9110 section 9.1).
      {"method_with_bracket", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "method"},
      {"method_with_nul", "G\0T / HTTP/1.1\r\nHost: a\r\n\r\n"s, 400, "method"},
      {"method_outside_ascii", "G\xe9T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "method"},
      {"method_like_an_option", "-GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "begins with -"},
      {"space_before_method", " GET / HTTP/1.1\r\n", 400, "no method"},
      {"tls_client_hello", "\x16\x03\x01", 400, "no method"},
      {"tab_behind_method", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "method"},

      // Version (RFC 9112 section 2.3).
      {"http_0_9", "GET /\r\n", 400, "version"},
      {"method_alone", "GET\r\n", 400, "version"},
      {"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version"},
      {"http_0_9_by_name", "GET / HTTP/0.9\r\n\r\n", 505, "version"},
      {"http_3", "GET / HTTP/3.0\r\n", 505, "version"},
      {"version_of_two_digits", "GET / HTTP/1.10\r\n", 400, "version"},
      {"version_without_minor", "GET / HTTP/1\r\n", 400, "version"},
      {"version_without_point", "GET / HTTP/111\r\n", 400, "version"},
      {"version_in_lower_case", "GET / http/1.1\r\n", 400, "version"},
      {"version_of_letters", "GET / HTTP/1.x\r\n", 400, "version"},
      {"space_behind_version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400, "version"},
      {"version_twice", "GET / HTTP/1.1 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "version"},

      // Target (RFC 9112 section 3.2).
      {"two_spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "target"},
      {"no_target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", 400, ""},
      {"space_in_target", target("/a b"), 400, "version"},
      {"tab_in_target", target("/a\tb"), 400, "target"},
      {"nul_in_target", target("/a\0b"s), 400, "target"},
      {"control_in_target", target("/a\x01"), 400, "target"},
      {"del_in_target", target("/a\x7f"), 400, "target"},
      {"target_outside_ascii", target("/\xc3\xa9"), 400, "character not allowed in a target"},
      {"fragment", target("/a#b"), 400, "character not allowed in a target"},
      {"relative_target", target("a/b"), 400, "neither a path"},
      {"target_of_dots", target("../a"), 400, "neither a path"},
      {"query_alone", target("?a"), 400, "neither a path"},
      {"other_scheme", target("ftp://a/"), 400, "neither a path"},
      {"scheme_without_slashes", target("http:a/"), 400, "neither a path"},
      {"absolute_without_host", target("http:///a"), 400, "neither a path"},
      {"absolute_with_port_alone", target("http://:80/a"), 400, "neither a path"},
      {"absolute_with_user", target("http://user@a/"), 400, "neither a path"},
      {"authority_for_get", target("a:80"), 400, "neither a path"},
      {"asterisk_for_get", target("*"), 400, "OPTIONS only"},
      {"asterisk_and_more", "OPTIONS *?a HTTP/1.1\r\nHost: a\r\n\r\n", 400, "neither a path"},
      {"connect", "CONNECT a:443 HTTP/1.1\r\n", 501, "no proxy"},
      {"connect_to_path", "CONNECT /a HTTP/1.1\r\n", 400, "no authority"},
      {"connect_to_uri", "CONNECT http://a/ HTTP/1.1\r\n", 400, "no authority"},

      // Field names and values (RFC 9110 section 5, RFC 9112 section 5).
      {"space_before_colon", get("X : a\r\n"), 400, "field name"},
      {"tab_before_colon", get("X\t: a\r\n"), 400, "field name"},
      {"space_in_name", get("X Y: a\r\n"), 400, "field name"},
      {"empty_name", get(": a\r\n"), 400, "field name"},
      {"no_colon", get("X\r\n"), 400, "field name"},
      {"nul_in_name", get("X\0Y: a\r\n"s), 400, "field name"},
      {"name_outside_ascii", get("\xe9: a\r\n"), 400, "field name"},
      {"nul_in_value", get("X: a\0b\r\n"s), 400, "field value"},
      {"control_in_value", get("X: a\x01\r\n"), 400, "field value"},
      {"vertical_tab_in_value", get("X: a\x0b\r\n"), 400, "field value"},
      {"del_in_value", get("X: a\x7f\r\n"), 400, "field value"},
      {"malformed_connection", get("Connection: a b\r\n"), 400, "field value"},

      // Host (RFC 9112 section 3.2).
      {"no_host", "GET / HTTP/1.1\r\n\r\n", 400, "no Host"},
      {"no_host_in_http_1_5", "GET / HTTP/1.5\r\n\r\n", 400, "no Host"},
      {"no_host_beside_absolute_form", "GET http://a/ HTTP/1.1\r\n\r\n", 400, "no Host"},
      {"repeated_host", get("Host: a\r\n"), 400, "repeated Host"},
      {"repeated_host_in_other_case", get("hOST: b\r\n"), 400, "repeated Host"},
      {"repeated_host_in_http_1_0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400,
       "repeated Host"},
      {"host_list", host("a, b"), 400, "Host is no authority"},
      {"host_list_without_space", host("a,b"), 400, "Host is no authority"},
      {"host_with_space", host("a b"), 400, "Host is no authority"},
      {"host_with_path", host("a/b"), 400, "Host is no authority"},
      {"host_with_query", host("a?b"), 400, "Host is no authority"},
      {"host_with_fragment", host("a#b"), 400, "Host is no authority"},
      {"host_with_user", host("user@a"), 400, "Host is no authority"},
      {"host_with_quote", host("a\"b"), 400, "Host is no authority"},
      {"host_with_angle", host("<a>"), 400, "Host is no authority"},
      {"host_with_backslash", host("a\\b"), 400, "Host is no authority"},
      {"host_outside_ascii", host("\xe9"), 400, "Host is no authority"},
      {"host_with_bad_escape", host("a%zz"), 400, "Host is no authority"},
      {"host_with_bad_port", host("a:8x"), 400, "Host is no authority"},
      {"host_with_two_ports", host("a:80:80"), 400, "Host is no authority"},
      {"host_of_port_alone", host(":80"), 400, "Host is no authority"},
      {"host_with_open_bracket", host("[::1"), 400, "Host is no authority"},
      {"host_with_empty_bracket", host("[]"), 400, "Host is no authority"},
      {"host_with_text_behind_bracket", host("[::1]a"), 400, "Host is no authority"},
      {"host_with_name_in_bracket", host("[name]"), 400, "Host is no authority"},

      // Content-Length (RFC 9110 section 8.6, RFC 9112 section 6.3).
      {"length_twice_same", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400,
       "repeated Content-Length"},
      {"length_twice_different", post("Content-Length: 5\r\nContent-Length: 6\r\n"), 400,
       "Content-Length"},
      {"length_list_same", post("Content-Length: 5, 5\r\n", "hello"), 400, "no number"},
      {"length_list_different", post("Content-Length: 5, 6\r\n"), 400, "Content-Length"},
      {"length_with_comma", post("Content-Length: 5,\r\n"), 400, "Content-Length"},
      {"length_with_plus", post("Content-Length: +5\r\n"), 400, "Content-Length"},
      {"length_with_minus", post("Content-Length: -5\r\n"), 400, "Content-Length"},
      {"length_with_space", post("Content-Length: 1 0\r\n"), 400, "Content-Length"},
      {"length_empty", post("Content-Length:\r\n"), 400, "Content-Length"},
      {"length_of_space", post("Content-Length: \r\n"), 400, "Content-Length"},
      {"length_in_hex", post("Content-Length: 0x5\r\n"), 400, "Content-Length"},
      {"length_with_fraction", post("Content-Length: 5.0\r\n"), 400, "Content-Length"},
      {"length_quoted", post("Content-Length: \"5\"\r\n"), 400, "Content-Length"},
      {"length_of_2_to_64", post("Content-Length: 18446744073709551616\r\n"), 400,
       "Content-Length"},
      {"length_of_many_digits", post("Content-Length: " + std::string(40, '9') + "\r\n"), 400,
       "Content-Length"},

      // Transfer-Encoding (RFC 9112 sections 6.1 and 7).
      {"length_then_chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400,
       "Transfer-Encoding"},
      {"chunked_then_length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400,
       "Content-Length"},
      {"length_then_gzip", post("Content-Length: 5\r\nTransfer-Encoding: gzip\r\n"), 400,
       "Transfer-Encoding"},
      {"gzip_then_length", post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"), 400,
       "beside Transfer-Encoding"},
      {"gzip", post("Transfer-Encoding: gzip\r\n"), 400, "other than chunked"},
      {"identity", post("Transfer-Encoding: identity\r\n"), 400, "other than chunked"},
      {"gzip_then_chunked", post("Transfer-Encoding: gzip, chunked\r\n"), 400,
       "other than chunked"},
      {"gzip_and_chunked_in_two_fields",
       post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), 400,
       "other than chunked"},
      {"gzip_with_parameter", post("Transfer-Encoding: gzip;q=1\r\n"), 400, "other than chunked"},
      {"xchunked", post("Transfer-Encoding: xchunked\r\n"), 400, "other than chunked"},
      {"chunked_twice", post("Transfer-Encoding: chunked, chunked\r\n"), 400, "repeated"},
      {"chunked_in_two_fields",
       post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400,
       "Transfer-Encoding"},
      {"chunked_not_final", post("Transfer-Encoding: chunked, gzip\r\n"), 400, "not final"},
      {"chunked_then_gzip_in_two_fields",
       post("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n"), 400, "Transfer-Encoding"},
      {"chunked_with_parameter", post("Transfer-Encoding: chunked;a=b\r\n"), 400, "parameters"},
      {"chunked_quoted", post("Transfer-Encoding: \"chunked\"\r\n"), 400, "malformed"},
      {"chunked_with_comma", post("Transfer-Encoding: chunked,\r\n"), 400, "malformed"},
      {"comma_before_chunked", post("Transfer-Encoding: , chunked\r\n"), 400, "malformed"},
      {"coding_empty", post("Transfer-Encoding:\r\n"), 400, "malformed"},
      {"vertical_tab_before_chunked",
       post("Transfer-Encoding: \x0b"
            "chunked\r\n"),
       400, "field value"},
      {"chunked_in_http_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
       "HTTP/1.0"},
      {"gzip_in_http_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\n", 400, "HTTP/1.0"},

      // Expect (RFC 9110 section 10.1.1).
      {"unknown_expectation", get("Expect: tea\r\n"), 417, "expectation"},
      {"empty_expectation", get("Expect:\r\n"), 417, "expectation"},
      {"expectation_list", get("Expect: 100-continue, tea\r\n"), 417, "expectation"},
      {"second_expectation", get("Expect: 100-continue\r\nExpect: tea\r\n"), 417, "expectation"},

      // Chunks (RFC 9112 section 7.1).
      {"chunk_line_with_bare_lf", chunked("5\nhello\r\n0\r\n\r\n"), 400, "malformed chunk size"},
      {"chunk_with_bare_lf", chunked("5\r\nhello\n0\r\n\r\n"), 400, "longer than its size"},
      {"last_chunk_with_bare_lf", chunked("0\n\r\n"), 400, "malformed chunk size"},
      {"last_line_with_bare_lf", chunked("0\r\n\n"), 400, "LF without CR"},
      {"chunk_line_with_lone_cr", chunked("5\rhello\r\n0\r\n\r\n"), 400, "CR without LF"},
      {"chunk_with_lone_cr", chunked("5\r\nhello\r0\r\n\r\n"), 400, "CR without LF"},
      {"last_line_with_lone_cr", chunked("0\r\n\r0"), 400, "CR without LF"},
      {"chunk_longer_than_size", chunked("3\r\nhello\r\n0\r\n\r\n"), 400, "longer than its size"},
      {"chunk_shorter_than_size", chunked("7\r\nhello\r\n0\r\n\r\n"), 400, "longer than its size"},
      {"no_chunk_size", chunked("\r\nhello\r\n"), 400, "no chunk size"},
      {"chunk_size_of_letters", chunked("xyz\r\n"), 400, "no chunk size"},
      {"chunk_size_with_prefix", chunked("0x5\r\nhello\r\n"), 400, "malformed chunk size"},
      {"chunk_size_with_plus", chunked("+5\r\nhello\r\n"), 400, "no chunk size"},
      {"chunk_size_with_minus", chunked("-5\r\nhello\r\n"), 400, "no chunk size"},
      {"space_before_chunk_size", chunked(" 5\r\nhello\r\n"), 400, "no chunk size"},
      {"space_behind_chunk_size", chunked("5 \r\nhello\r\n"), 400, "malformed chunk size"},
      {"chunk_size_with_underscore", chunked("1_0\r\n"), 400, "malformed chunk size"},
      {"chunk_size_of_2_to_64", chunked("10000000000000000\r\n"), 400, "too large a number"},
      {"chunk_size_of_2_to_64_plus_5", chunked("10000000000000005\r\nhello\r\n"), 400,
       "too large a number"},
      {"chunk_line_of_zeros", chunked(std::string(4097, '0')), 400, "line too long"},
      {"chunk_extension_too_long", chunked("5;" + std::string(4096, 'a')), 400,
       "extensions too long"},
      {"many_chunk_extensions", chunked(repeated(5, "1;" + std::string(4000, 'a') + "\r\nx\r\n")),
       400, "extensions too long"},
      {"nul_in_chunk_extension", chunked("5;a\0\r\nhello\r\n"s), 400, "control character"},
      {"lf_in_chunk_extension", chunked("5;a\nb\r\nhello\r\n"), 400, "control character"},
      {"lf_in_quoted_extension", chunked("5;a=\"\n\"\r\nhello\r\n"), 400, "control character"},
      {"cr_in_chunk_extension", chunked("5;a\rb\r\nhello\r\n"), 400, "CR without LF"},
      {"crlf_in_quoted_extension", chunked("5;a=\"\r\n\"\r\nhello\r\n"), 400,
       "longer than its size"},

      // Trailers (RFC 9110 section 6.5, RFC 9112 section 7.1.2).
      {"trailer_with_bare_lf", chunked("0\r\nX: a\n\r\n"), 400, "LF without CR"},
      {"trailer_with_cr", trailer("X: a\rb"), 400, "CR without LF"},
      {"folded_trailer", trailer("X: a\r\n b"), 400, "folded"},
      {"folded_first_trailer", trailer(" X: a"), 400, "folded"},
      {"trailer_too_long", trailer("X: " + std::string(148, 'a')), 431, "LimitRequestFieldSize"},
      {"too_many_trailers", trailer(repeated(5, "X: y\r\n") + "X: y"), 431, "LimitRequestFields"},
      {"trailer_without_colon", trailer("X"), 400, "malformed trailer"},
      {"trailer_without_name", trailer(": a"), 400, "malformed trailer"},
      {"trailer_with_space_before_colon", trailer("X : a"), 400, "malformed trailer"},
      {"trailer_like_a_request", trailer("GET / HTTP/1.1"), 400, "malformed trailer"},
      {"nul_in_trailer", trailer("X: a\0"s), 400, "control character"},
      {"trailer_transfer_encoding", trailer("Transfer-Encoding: chunked"), 400, "forbidden"},
      {"trailer_content_length", trailer("content-length: 5"), 400, "forbidden"},
      {"trailer_host", trailer("Host: b"), 400, "forbidden"},
      {"trailer_connection", trailer("Connection: close"), 400, "forbidden"},
      {"trailer_keep_alive", trailer("Keep-Alive: timeout=5"), 400, "forbidden"},
      {"trailer_trailer", trailer("Trailer: X"), 400, "forbidden"},
      {"trailer_te", trailer("TE: trailers"), 400, "forbidden"},
      {"trailer_upgrade", trailer("Upgrade: h2c"), 400, "forbidden"},
      {"trailer_content_type", trailer("Content-Type: a/b"), 400, "forbidden"},
      {"trailer_content_encoding", trailer("Content-Encoding: gzip"), 400, "forbidden"},
      {"trailer_content_range", trailer("Content-Range: bytes 0-1/2"), 400, "forbidden"},
      {"trailer_authorization", trailer("Authorization: Basic eA=="), 400, "forbidden"},
      {"trailer_proxy_authorization", trailer("Proxy-Authorization: x"), 400, "forbidden"},
      {"trailer_cookie", trailer("Cookie: a=b"), 400, "forbidden"},
      {"trailer_set_cookie", trailer("Set-Cookie: a=b"), 400, "forbidden"},
      {"trailer_expect", trailer("Expect: 100-continue"), 400, "forbidden"},
      {"trailer_cache_control", trailer("Cache-Control: no-cache"), 400, "forbidden"},
      {"trailer_pragma", trailer("Pragma: no-cache"), 400, "forbidden"},
      {"trailer_max_forwards", trailer("Max-Forwards: 1"), 400, "forbidden"},
      {"trailer_range", trailer("Range: bytes=0-"), 400, "forbidden"},
      {"trailer_if_match", trailer("If-Match: *"), 400, "forbidden"},
      {"trailer_if_none_match", trailer("If-None-Match: *"), 400, "forbidden"},
      {"trailer_if_range", trailer("If-Range: \"a\""), 400, "forbidden"},
      {"trailer_if_modified_since", trailer("If-Modified-Since: x"), 400, "forbidden"},
      {"trailer_if_unmodified_since", trailer("If-Unmodified-Since: x"), 400, "forbidden"},
  };
  return table;
}

class RequestRefusal : public testing::TestWithParam<Case> {};

TEST_P(RequestRefusal, is_the_same_whole_by_bytes_and_split) {
  const Case& param = GetParam();
  const std::string whole = read_whole(param.stream, small_limits(), kBodyLimit);
  const std::string last_line = whole.substr(whole.rfind('\n', whole.size() - 2) + 1);
  EXPECT_THAT(last_line, testing::StartsWith(std::to_string(param.status) + " "));
  EXPECT_THAT(last_line, testing::HasSubstr(std::string(param.reason)));

  EXPECT_EQ(read_by_bytes(param.stream, small_limits(), kBodyLimit), whole);
  std::mt19937 random(20240607);
  for (int round = 0; round < 30; ++round) {
    ASSERT_EQ(read_split(param.stream, std::ref(random), small_limits(), kBodyLimit), whole);
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, RequestRefusal, testing::ValuesIn(cases()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace forkloom::http
