#include "http/head_scanner.h"

#include <cstring>

#include "http/grammar.h"

namespace forkloom::http {

namespace {

// Old clients send one CRLF too many after a body. More than a few is no client.
constexpr std::size_t kMaxSkippedLines = 8;

// Position of `c` in `text`, or text.size().
std::size_t position_of(char c, std::string_view text) {
  if (text.empty()) return 0;
  const void* found = std::memchr(text.data(), c, text.size());
  return found == nullptr ? text.size() : static_cast<const char*>(found) - text.data();
}

}  // namespace

void HeadScanner::start(Part part) {
  part_ = part;
  refusal_ = {};
  has_begun_ = false;
  has_pending_cr_ = false;
  seen_ = 0;
  lines_ = 0;
  skipped_ = 0;
  request_line_size_ = 0;
}

HeadScanner::Step HeadScanner::scan_line(std::string_view bytes) {
  if (bytes.empty()) return {};
  if (has_pending_cr_) {
    if (bytes.front() != '\n') return refuse(bad_request("CR without LF (RFC 9112 section 2.2)"));
    return finish_line(1, seen_);
  }
  if (seen_ == 0) {
    if (const Refusal refusal = check_first_byte(bytes.front())) return refuse(refusal);
  }

  const std::size_t lf = position_of('\n', bytes);
  const std::size_t cr = position_of('\r', bytes.substr(0, lf));
  const std::size_t size = seen_ + cr;
  if (const Refusal refusal = check_line_size(size)) return refuse(refusal);
  if (size > 0) has_begun_ = true;
  if (cr + 1 < bytes.size()) {
    if (cr == lf) return refuse(bad_request("LF without CR (RFC 9112 section 2.2)"));
    if (cr + 1 != lf) return refuse(bad_request("CR without LF (RFC 9112 section 2.2)"));
    return finish_line(lf + 1, size);
  }
  if (lf < bytes.size()) return refuse(bad_request("LF without CR (RFC 9112 section 2.2)"));
  has_pending_cr_ = cr < bytes.size();
  seen_ = size;
  return {bytes.size(), Event::kNeedMore};
}

Refusal HeadScanner::check_first_byte(char c) const {
  if (c == '\r' || c == '\n') return {};
  if (is_at_request_line()) {
    if (!is_token_char(c)) return bad_request("no method (RFC 9112 section 3.1)");
    return {};
  }
  if (c == ' ' || c == '\t') return bad_request("folded field line (RFC 9112 section 5.2)");
  const std::size_t fields = part_ == Part::kRequestHead ? lines_ - 1 : lines_;
  if (limits_.field_count != 0 && fields >= limits_.field_count) {
    return {431, "more fields than LimitRequestFields allows"};
  }
  return {};
}

Refusal HeadScanner::check_line_size(std::size_t size) const {
  if (is_at_request_line()) {
    if (size > limits_.request_line) {
      return {414, "request line longer than LimitRequestLine allows"};
    }
  } else if (size > limits_.field_size) {
    return {431, "field line longer than LimitRequestFieldSize allows"};
  }
  return {};
}

HeadScanner::Step HeadScanner::finish_line(std::size_t consumed, std::size_t size) {
  has_pending_cr_ = false;
  seen_ = 0;
  if (size > 0) {
    if (is_at_request_line()) request_line_size_ = size + 2;
    ++lines_;
    return {consumed, Event::kLine};
  }
  if (!is_at_request_line()) return {consumed, Event::kEnd};
  if (++skipped_ > kMaxSkippedLines) {
    return refuse(bad_request("empty lines instead of a request (RFC 9112 section 2.2)"));
  }
  return {consumed, Event::kSkipped};
}

HeadScanner::Step HeadScanner::refuse(const Refusal& refusal) {
  refusal_ = refusal;
  return {0, Event::kRefused};
}

}  // namespace forkloom::http
