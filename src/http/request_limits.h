#pragma once

#include <cstddef>

namespace forkloom::http {

// Apache's names and defaults.
struct RequestLimits {
  std::size_t request_line = 8190;  // LimitRequestLine, bytes without CRLF
  std::size_t field_count = 100;    // LimitRequestFields, 0: unlimited
  std::size_t field_size = 8190;    // LimitRequestFieldSize, bytes of one field line
};

}  // namespace forkloom::http
