#pragma once

// URL prefixes, as Apache compares them.

#include <string_view>

namespace forkloom::routing {

// Whether `path` is `prefix` or goes on behind it at a slash. "/static/" fits only what has that
// slash, "/" every path, "" none.
inline bool fits(std::string_view prefix, std::string_view path) {
  if (prefix.empty() || !path.starts_with(prefix)) return false;
  return prefix.size() == path.size() || prefix.back() == '/' || path[prefix.size()] == '/';
}

}  // namespace forkloom::routing
