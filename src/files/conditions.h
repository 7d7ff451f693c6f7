#pragma once

// Conditional requests (RFC 9110 section 13). Pure.

#include <cstdint>
#include <ctime>
#include <string>

#include "http/request.h"

namespace forkloom::files {

// Of the representation that would be sent.
struct Validators {
  std::string tag;           // "" for none
  std::time_t modified = 0;  // what Last-Modified says
};

enum class Verdict : std::uint8_t { kSend, kNotModified, kFailed };  // 200 or 206, 304, 412

// Section 13.2.2, steps 1 to 4, for a representation that exists.
Verdict judge(const http::Request& request, const Validators& current, std::time_t now);

// Step 5: whether If-Range, if there is one, lets the request's Range count.
bool allows_range(const http::Request& request, const Validators& current, std::time_t now);

}  // namespace forkloom::files
