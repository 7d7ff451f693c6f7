#pragma once

// Character classes and lists that HTTP's fields share (RFC 9110 section 5.6); letter case is
// text.h's.

#include <string_view>

namespace forkloom::http {

bool is_token_char(char c);                    // section 5.6.2
bool is_token(std::string_view text);          // at least one character
bool is_field_char(char c);                    // section 5.5: HTAB, SP, VCHAR and obs-text
bool is_digits(std::string_view text);         // at least one
int hex_value(char c);                         // 0 to 15, -1 where `c` is no hexadecimal digit
std::string_view trim(std::string_view text);  // without SP and HTAB at both ends

// Walks a comma-separated list (section 5.6.1). Elements are trimmed; empty ones are given too,
// because where they are harmless depends on the field. Quoted strings are not understood.
class ListElements {
 public:
  explicit ListElements(std::string_view list) : rest_(list) {}
  // false where there is no further element. An empty list has one empty element.
  bool next(std::string_view& element);

 private:
  std::string_view rest_;
  bool is_at_end_ = false;
};

}  // namespace forkloom::http
