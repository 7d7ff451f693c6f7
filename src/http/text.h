#pragma once

// Small text questions of HTTP, on ASCII (RFC 9110 section 5.6).

#include <algorithm>
#include <string_view>

namespace forkloom::http {

inline char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

inline bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

}  // namespace forkloom::http
