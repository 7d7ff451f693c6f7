#include "http/path.h"

#include <cstring>

#include "http/grammar.h"

namespace forkloom::http {

namespace {

bool decode_escapes(std::string_view path, std::string& decoded) {
  decoded.clear();
  std::size_t at = 0;
  for (;;) {
    const std::size_t percent = path.find('%', at);
    decoded.append(path, at, percent - at);
    if (percent == std::string_view::npos) return true;
    if (path.size() - percent < 3) return false;
    const int high = hex_value(path[percent + 1]);
    const int low = hex_value(path[percent + 2]);
    if (high < 0 || low < 0 || (high == 0 && low == 0)) return false;
    decoded.push_back(static_cast<char>(high * 16 + low));
    at = percent + 3;
  }
}

// RFC 3986 section 5.2.4, in place. What an escape hid ("%2e%2e") is resolved like the rest, since
// whoever maps the result to a file would resolve it too.
bool resolve_segments(std::string& path) {
  std::size_t kept = 1;  // path[0, kept) is resolved and ends with "/"
  std::size_t at = 1;
  while (at < path.size()) {
    const std::size_t slash = path.find('/', at);
    const bool is_last = slash == std::string::npos;
    const std::size_t end = is_last ? path.size() : slash;
    const std::string_view segment(path.data() + at, end - at);
    if (segment == "..") {
      if (kept == 1) return false;
      kept = path.rfind('/', kept - 2) + 1;
    } else if (!segment.empty() && segment != ".") {
      const std::size_t size = segment.size() + (is_last ? 0 : 1);
      std::memmove(path.data() + kept, path.data() + at, size);
      kept += size;
    }
    at = is_last ? end : end + 1;
  }
  path.resize(kept);
  return true;
}

}  // namespace

bool decode_path(std::string_view path, std::string& decoded) {
  if (!decode_escapes(path, decoded)) return false;
  if (path == "*") return true;
  const std::string_view text = decoded;
  if (text.find("//") == std::string_view::npos && text.find("/.") == std::string_view::npos) {
    return true;
  }
  return resolve_segments(decoded);
}

}  // namespace forkloom::http
