#pragma once

// Shell wildcards, byte by byte: fnmatch(3) follows the process's locale, which differs between a
// server child and a child that runs Python. Pure, any thread.

#include <string_view>

namespace forkloom::routing {

bool has_wildcard(std::string_view pattern);

// "*", "?" and "[a-z]", "[!a-z]" match within a segment: a "/" is matched by itself only. "\" takes
// the meaning from the character after it.
bool path_wildcard_matches(std::string_view pattern, std::string_view path);

// Of host names: "*" and "?" alone, without regard to case.
bool name_wildcard_matches(std::string_view pattern, std::string_view name);

}  // namespace forkloom::routing
