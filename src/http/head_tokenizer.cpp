#include "http/head_tokenizer.h"

#include <limits>

#include "http/request_rules.h"

namespace forkloom::http {

namespace {

Refusal refusal_of(const boost::beast::error_code& code) {
  using Error = boost::beast::http::error;
  if (code == Error::bad_method) return bad_request("malformed method (RFC 9110 section 9.1)");
  if (code == Error::bad_target) return bad_request("malformed target (RFC 9112 section 3.2)");
  if (code == Error::bad_version) return bad_request("malformed version (RFC 9112 section 2.3)");
  if (code == Error::bad_field) return bad_request("malformed field name (RFC 9112 section 5.1)");
  if (code == Error::bad_value) return bad_request("malformed field value (RFC 9110 section 5.5)");
  if (code == Error::bad_content_length || code == Error::multiple_content_length) {
    return bad_request("malformed or conflicting Content-Length (RFC 9112 section 6.3)");
  }
  if (code == Error::bad_transfer_encoding) {
    return bad_request("conflicting Transfer-Encoding (RFC 9112 section 6.1)");
  }
  return bad_request("malformed head (RFC 9112 section 2.1)");
}

}  // namespace

HeadTokenizer::HeadTokenizer(Request& request) : request_(request) {
  header_limit(std::numeric_limits<std::uint32_t>::max());
  skip(true);
}

Refusal HeadTokenizer::read_request_line(std::size_t size) {
  request_line_ = size;
  const std::span<char> line = std::span(request_.head).first(size);
  if (const Refusal refusal = read_version(line, request_.minor_version)) return refusal;
  // Beast has taken the line in when it wants the next one.
  const ErrorCode code = put_bytes(line);
  if (code != boost::beast::http::error::need_more || method_ == 0) return refusal_of(code);
  place_request_line();
  return check_method(request_.method);
}

void HeadTokenizer::place_request_line() {
  const std::string_view head(request_.head.data(), request_.head.size());
  request_.method = head.substr(0, method_);
  request_.target = target_ == 0 ? std::string_view() : head.substr(method_ + 1, target_);
}

Refusal HeadTokenizer::read_fields() {
  const ErrorCode code = put_bytes(std::span(request_.head).subspan(request_line_));
  if (code || !is_done()) return refusal_of(code);
  return {};
}

HeadTokenizer::ErrorCode HeadTokenizer::put_bytes(std::span<const char> bytes) {
  ErrorCode code;
  put(boost::asio::const_buffer(bytes.data(), bytes.size()), code);
  return code;
}

void HeadTokenizer::on_request_impl(Verb /*verb*/, Text method, Text target, int /*version*/,
                                    ErrorCode& /*error*/) {
  method_ = method.size();
  target_ = target.size();
}

void HeadTokenizer::on_field_impl(KnownField known, Text name, Text value, ErrorCode& /*error*/) {
  request_.fields.push_back({{name.data(), name.size()},
                             {value.data(), value.size()},
                             static_cast<std::uint16_t>(known)});
}

void HeadTokenizer::on_header_impl(ErrorCode& /*error*/) {}
void HeadTokenizer::on_finish_impl(ErrorCode& /*error*/) {}
void HeadTokenizer::on_response_impl(int /*status*/, Text /*reason*/, int /*version*/,
                                     ErrorCode& /*error*/) {}
void HeadTokenizer::on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                                      ErrorCode& /*error*/) {}
std::size_t HeadTokenizer::on_body_impl(Text body, ErrorCode& /*error*/) { return body.size(); }
void HeadTokenizer::on_chunk_header_impl(std::uint64_t /*size*/, Text /*extensions*/,
                                         ErrorCode& /*error*/) {}
std::size_t HeadTokenizer::on_chunk_body_impl(std::uint64_t /*remain*/, Text body,
                                              ErrorCode& /*error*/) {
  return body.size();
}

}  // namespace forkloom::http
