#pragma once

// One request head, cut into method, target and fields by Beast. It reads what Request::head
// holds, complete lines only, and lives as long as one request. Beast's own framing and limits are
// off: head_scanner.h and request_rules.h rule.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

#include "http/refusal.h"
#include "http/request.h"

namespace forkloom::http {

class HeadTokenizer final : private boost::beast::http::basic_parser<true> {
 public:
  explicit HeadTokenizer(Request& request);

  // The first `size` bytes of the head, with CRLF. Sets minor_version.
  Refusal read_request_line(std::size_t size);
  // Sets method and target, whose bytes may have moved since read_request_line().
  void place_request_line();
  // The rest of the head, to the empty line inclusive. Sets fields.
  Refusal read_fields();

 private:
  using Verb = boost::beast::http::verb;
  using KnownField = boost::beast::http::field;
  using Text = boost::beast::string_view;
  using ErrorCode = boost::beast::error_code;

  ErrorCode put_bytes(std::span<const char> bytes);

  void on_request_impl(Verb verb, Text method, Text target, int version, ErrorCode& error) override;
  void on_field_impl(KnownField known, Text name, Text value, ErrorCode& error) override;
  void on_header_impl(ErrorCode& error) override;
  void on_finish_impl(ErrorCode& error) override;
  // Never called: the one of responses, those of bodies.
  void on_response_impl(int status, Text reason, int version, ErrorCode& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
  std::size_t on_body_impl(Text body, ErrorCode& error) override;
  void on_chunk_header_impl(std::uint64_t size, Text extensions, ErrorCode& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t remain, Text body, ErrorCode& error) override;

  Request& request_;
  std::size_t request_line_ = 0;  // bytes, with CRLF
  // Lengths in bytes: the method begins the line, one SP stands before the target.
  std::size_t method_ = 0;
  std::size_t target_ = 0;
};

}  // namespace forkloom::http
