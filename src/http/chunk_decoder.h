#pragma once

// The chunked transfer coding (RFC 9112 section 7.1), from bytes in any portions.
//
// Ours and not Beast's, whose parser wants each chunk's line, and the whole trailer section, in one
// piece of memory, notices a bare LF only when a CRLF arrives some time later, lets control
// characters pass in quoted extension values, and has no bound for a line. Each of these helps who
// wants two readers to find two different ends of one body.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/head_scanner.h"
#include "http/refusal.h"
#include "http/request_limits.h"

namespace forkloom::http {

class ChunkDecoder {
 public:
  enum class State : std::uint8_t { kNeedMore, kDone, kRefused };
  struct Step {
    std::size_t consumed = 0;
    State state = State::kNeedMore;
  };

  explicit ChunkDecoder(const RequestLimits& limits) : trailers_(limits) {}

  void start();
  // Of the decoded bytes from start() on; 0: no limit. Beyond it the body is refused with 413.
  void limit_body(std::uint64_t bytes) { body_limit_ = bytes; }
  // Appends the decoded bytes to `pieces`, as views into `bytes`. Trailer fields are checked and
  // dropped.
  Step decode(std::string_view bytes, std::vector<std::string_view>& pieces);
  const Refusal& refusal() const { return refusal_; }

 private:
  enum class Place : std::uint8_t {
    kSize,   // of a chunk, at least one digit
    kSpace,  // behind the size: white space, which only an extension may follow
    kExtension,
    kLineLf,
    kPayload,
    kPayloadCr,
    kPayloadLf,
    kTrailers,
  };

  // Takes one byte outside the payload and the trailer section.
  Refusal take(char c);
  Refusal take_size(char c);
  Refusal take_extension(char c);
  Refusal end_line();
  std::size_t take_payload(std::string_view bytes, std::vector<std::string_view>& pieces);
  Step take_trailers(std::string_view bytes);

  HeadScanner trailers_;
  std::string trailer_line_;  // the part of the current one that has come
  Refusal refusal_;
  Place place_ = Place::kSize;
  std::uint64_t body_limit_ = 0;
  std::uint64_t chunk_ = 0;    // bytes of this chunk: announced, in kPayload still to come
  std::uint64_t decoded_ = 0;  // bytes announced in all chunks so far
  std::size_t line_ = 0;       // bytes of the current chunk line
  std::size_t overhead_ = 0;   // bytes of all extensions so far
};

}  // namespace forkloom::http
