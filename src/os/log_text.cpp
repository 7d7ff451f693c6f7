#include "os/log_text.h"

#include <cstddef>

namespace forkloom::os {
namespace {

void append_hex(unsigned char byte, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out.append("\\x");
  out.push_back(kDigits[byte >> 4U]);
  out.push_back(kDigits[byte & 0xfU]);
}

bool is_control(unsigned char byte) { return (byte < 0x20 && byte != '\t') || byte == 0x7f; }

void append_printable(std::string_view line, std::string& out) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if (is_control(byte)) {
      append_hex(byte, out);
    } else if (byte == 0xc2 && i + 1 < line.size() &&
               (static_cast<unsigned char>(line[i + 1]) & 0xe0U) == 0x80) {
      append_hex(byte, out);
      append_hex(static_cast<unsigned char>(line[++i]), out);
    } else {
      out.push_back(line[i]);
    }
  }
}

}  // namespace

std::string printable_lines(std::string_view request_id, std::string_view text) {
  std::string out;
  if (text.ends_with('\n')) text.remove_suffix(1);
  while (true) {
    const std::size_t end = text.find('\n');
    if (!request_id.empty()) out.append("[req ").append(request_id).append("] ");
    append_printable(text.substr(0, end), out);
    out.push_back('\n');
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

void append_prefixed(std::string_view prefix, std::string_view lines, std::string& out) {
  while (!lines.empty()) {
    const std::size_t size = lines.find('\n') + 1;
    out.append(prefix).append(lines.substr(0, size));
    lines.remove_prefix(size);
  }
}

}  // namespace forkloom::os
