#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace forkloom::os {

// Whether path is a regular file that this user may execute.
bool is_executable(const std::string& path);
// The first executable of that name in the folders of PATH.
std::optional<std::string> find_on_path(std::string_view name);

}  // namespace forkloom::os
