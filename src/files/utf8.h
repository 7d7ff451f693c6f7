#pragma once

#include <cstddef>
#include <string_view>

namespace forkloom::files {

// Bytes of the character that `text` begins with: 1 to 4, 0 where it is not well-formed UTF-8
// (Unicode 15, table 3-7). `text` is not empty. Pure.
std::size_t utf8_character_size(std::string_view text);

}  // namespace forkloom::files
