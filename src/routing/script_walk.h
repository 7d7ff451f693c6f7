#pragma once

// A folder of scripts: which part of a path names the script.

#include <cstddef>
#include <string>
#include <string_view>

namespace forkloom::routing {

// Appends segments of `below` to `path`, a folder without a slash at its end, until it is a regular
// file; `used` is where the rest of `below` begins then ("" or "/..."). false where no file is met;
// `path` ends with what was looked at last. Asks the file system once for each segment.
bool walk_to_script(std::string_view below, std::string& path, std::size_t& used);

}  // namespace forkloom::routing
