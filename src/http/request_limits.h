#pragma once

#include <cstddef>
#include <cstdint>

namespace forkloom::http {

// Apache's names and defaults.
struct RequestLimits {
  std::size_t request_line = 8190;  // LimitRequestLine, bytes without CRLF
  std::size_t field_count = 100;    // LimitRequestFields, 0: unlimited
  std::size_t field_size = 8190;    // LimitRequestFieldSize, bytes of one field line
  std::uint64_t body = 1U << 30;    // LimitRequestBody, bytes, 0: unlimited
};

}  // namespace forkloom::http
