#pragma once

// Paths as a user types them.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace forkloom::cli {

// The absolute path of `text` seen from `folder`, which is absolute; "." segments and repeated
// slashes are removed. ".." stays where it is: what it means depends on symbolic links. "" stays
// "".
std::string absolute_from(const std::filesystem::path& folder, std::string_view text);

// An address to listen on: the path of "unix:PATH" is seen from the folder.
std::string address_from(const std::filesystem::path& folder, std::string_view text);
// A log: "-" and a pipe stay as they are.
std::string log_from(const std::filesystem::path& folder, std::string_view text);
// A name without a slash is a command's and stays, unless a folder of that name is there: "venv".
std::string python_from(const std::filesystem::path& folder, std::string_view text);
// One list with colons of values that may themselves be such lists, like PYTHONPATH.
std::string path_list_from(const std::filesystem::path& folder,
                           const std::vector<std::string>& values);

}  // namespace forkloom::cli
