#pragma once

// The lines of a request head, or of a chunked body's trailer section, while their bytes arrive
// (RFC 9112 sections 2.2, 3 and 5): each ends with CRLF, none is too long, none is folded, there
// are not too many, and an empty one ends them. What a line says is not looked at.
//
// Every refusal depends on the bytes up to the offending one only, so that it is the same however
// the bytes were split.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/refusal.h"
#include "http/request_limits.h"

namespace forkloom::http {

class HeadScanner {
 public:
  enum class Part : std::uint8_t { kRequestHead, kTrailers };
  enum class Event : std::uint8_t {
    kNeedMore,  // every byte given was consumed, the line goes on
    kSkipped,   // an empty line before the request line: no part of the head
    kLine,
    kEnd,      // the empty line at the end
    kRefused,  // consumed: the line's bytes before the offending part of it
  };
  struct Step {
    std::size_t consumed = 0;
    Event event = Event::kNeedMore;
  };

  explicit HeadScanner(const RequestLimits& limits) : limits_(limits) {}

  // Stands before the first byte of a new head or trailer section.
  void start(Part part);
  // Consumes bytes to the end of one line at most.
  Step scan_line(std::string_view bytes);

  // Whether a byte other than those of skipped lines has been consumed since start().
  bool has_begun() const { return lines_ > 0 || has_begun_; }
  // The request line's bytes with CRLF; 0 while it is incomplete.
  std::size_t request_line_size() const { return request_line_size_; }
  const Refusal& refusal() const { return refusal_; }

 private:
  bool is_at_request_line() const { return part_ == Part::kRequestHead && lines_ == 0; }
  Refusal check_first_byte(char c) const;
  Refusal check_line_size(std::size_t size) const;
  Step finish_line(std::size_t consumed, std::size_t size);
  Step refuse(const Refusal& refusal);

  RequestLimits limits_;
  Refusal refusal_;
  Part part_ = Part::kRequestHead;
  bool has_begun_ = false;
  bool has_pending_cr_ = false;  // the last byte consumed is a CR
  std::size_t seen_ = 0;         // bytes of the current line consumed before, without the CR
  std::size_t lines_ = 0;        // complete, not empty
  std::size_t skipped_ = 0;      // empty lines before the request line
  std::size_t request_line_size_ = 0;
};

}  // namespace forkloom::http
