#pragma once

#include <string_view>

namespace forkloom::http {

// Why a request is refused. The connection is closed after the answer in every case.
struct Refusal {
  int status = 0;           // 400, 413, 414, 417, 431, 501, 505; 0: not refused
  std::string_view reason;  // static text, for the log: what is wrong and which rule it breaks

  explicit operator bool() const { return status != 0; }
};

// Most rules end in 400 (RFC 9110 section 15.5.1).
constexpr Refusal bad_request(std::string_view reason) { return {400, reason}; }

}  // namespace forkloom::http
