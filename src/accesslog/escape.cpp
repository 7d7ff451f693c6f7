#include "accesslog/escape.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace forkloom::accesslog {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

// The letter of a two-character escape, kPlain for bytes that stand for themselves, kHexadecimal
// for the rest.
constexpr char kPlain = 0;
constexpr char kHexadecimal = 1;

constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    table[byte] = byte >= 0x20 && byte < 0x7f ? kPlain : kHexadecimal;
  }
  table['"'] = '"';
  table['\\'] = '\\';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

// Length of the UTF-8 sequence that begins at `at` and encodes a character above U+009F, 0 where
// none does (RFC 3629 section 4: no overlong form, no surrogate, nothing above U+10FFFF).
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
  };
  const auto is_tail = [&](std::size_t offset, unsigned low = 0x80, unsigned high = 0xbf) {
    return byte(offset) >= low && byte(offset) <= high;
  };
  const unsigned first = byte(0);
  if (first == 0xc2) return is_tail(1, 0xa0) ? 2 : 0;
  if (first >= 0xc3 && first <= 0xdf) return is_tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool is_second = is_tail(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
    return is_second && is_tail(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool is_second = is_tail(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
    return is_second && is_tail(2) && is_tail(3) ? 4 : 0;
  }
  return 0;
}

// U+0080 to U+009F in UTF-8.
bool is_c1_control(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at] == '\xc2' &&
         (static_cast<unsigned char>(text[at + 1]) & 0xe0U) == 0x80;
}

void append_hex(std::string_view before, unsigned char byte, std::string& out) {
  out.append(before);
  out.push_back(kHex[byte >> 4U]);
  out.push_back(kHex[byte & 0xfU]);
}

}  // namespace

void append_escaped(std::string_view value, std::string& out) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto byte = static_cast<unsigned char>(value[i]);
    const char escape = byte == '\v' ? 'v' : kEscapes[byte];
    if (escape == kPlain) continue;
    out.append(value, begin, i - begin);
    begin = i + 1;
    if (escape == kHexadecimal) {
      append_hex("\\x", byte, out);
    } else {
      out.push_back('\\');
      out.push_back(escape);
    }
  }
  out.append(value, begin);
}

void append_json_string(std::string_view value, std::string& out) {
  out.push_back('"');
  std::size_t begin = 0;
  std::size_t i = 0;
  while (i < value.size()) {
    const auto byte = static_cast<unsigned char>(value[i]);
    const char escape = kEscapes[byte];
    if (escape == kPlain) {
      ++i;
      continue;
    }
    if (const std::size_t length = escape == kHexadecimal ? utf8_length(value, i) : 0) {
      i += length;
      continue;
    }
    out.append(value, begin, i - begin);
    if (escape != kHexadecimal) {
      out.push_back('\\');
      out.push_back(escape);
    } else if (is_c1_control(value, i)) {
      append_hex("\\u00", static_cast<unsigned char>(value[++i]), out);
    } else {
      append_hex("\\u00", byte, out);
    }
    begin = ++i;
  }
  out.append(value, begin);
  out.push_back('"');
}

}  // namespace forkloom::accesslog
