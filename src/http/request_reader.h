#pragma once

// Reads HTTP/1.x requests from bytes in any portions (RFC 9112). Beast tokenizes; what could
// smuggle a request is refused here. No descriptor, no clock; one reader per connection, used by
// one thread at a time.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "http/refusal.h"
#include "http/request.h"
#include "http/request_limits.h"

namespace forkloom::http {

class RequestReader {
 public:
  enum class State : std::uint8_t {
    kNeedMore,  // every byte given was consumed
    kDone,      // head (or body) complete; bytes past `consumed` belong to what follows
    kRefused,   // see refusal()
  };
  struct Step {
    std::size_t consumed = 0;
    State state = State::kNeedMore;
  };

  explicit RequestReader(const RequestLimits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  // Reads a head into `request`, which it resets at the head's first byte. Refuses as soon as the
  // bytes seen allow it (a line that is too long, a bare LF), not only at the end of the head.
  // Empty lines before the request line are skipped (RFC 9112 section 2.2). In every state, method
  // and target are there once a well-formed request line is complete: a log line can have them.
  Step read_head(std::string_view bytes, Request& request);
  // Whether a byte of the next head (other than skipped empty lines) has been consumed.
  bool has_begun() const;

  // Of the body that the head just read announces, before any of it is read; 0: no limit, as it is
  // without this call. A declared length above it is refused at once, see refusal(); a chunked body
  // while it is read. Both with 413.
  void limit_body(std::uint64_t bytes);

  // Reads the body that the head just read announces; kDone at once where there is none. The
  // decoded bytes of this call are pieces(): views into `bytes`. Trailer fields are checked and
  // dropped. After kDone the reader stands before the next head.
  Step read_body(std::string_view bytes);
  std::span<const std::string_view> pieces() const;

  const Refusal& refusal() const;

 private:
  struct Tokenizer;
  std::unique_ptr<Tokenizer> tokenizer_;
};

}  // namespace forkloom::http
