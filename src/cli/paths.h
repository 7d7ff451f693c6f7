#pragma once

// Paths as a user types them.

#include <filesystem>
#include <string>
#include <string_view>

namespace forkloom::cli {

// The absolute path of `text` seen from `folder`, which is absolute; "." segments and repeated
// slashes are removed. ".." stays where it is: what it means depends on symbolic links. "" stays
// "".
std::string absolute_from(const std::filesystem::path& folder, std::string_view text);

}  // namespace forkloom::cli
