#pragma once

// Values that clients chose, made safe for a line of a log: none of them can end the line, close
// a quotation or reach a terminal as a control character. Pure; any thread.

#include <charconv>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>

namespace forkloom::accesslog {

// As mod_log_config escapes: \" and \\, C's \b \f \n \r \t \v, and \xHH for every other byte that
// is not printable ASCII.
void append_escaped(std::string_view value, std::string& out);

// A JSON string with its quotation marks (RFC 8259 section 7), always valid UTF-8: a byte that
// belongs to no UTF-8 sequence is taken for ISO 8859-1. Control characters, C1's too, are escaped.
void append_json_string(std::string_view value, std::string& out);

template <std::integral Number>
void append_number(Number number, std::string& out, int base = 10) {
  char digits[std::numeric_limits<unsigned long long>::digits10 + 2];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, base).ptr;
  out.append(digits, end);
}

}  // namespace forkloom::accesslog
