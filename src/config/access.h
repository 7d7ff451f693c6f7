#pragma once

// Require's and Options' arguments. Pure functions, safe from any thread.

#include <span>
#include <string>
#include <vector>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// "all granted", "all denied", "ip NETWORK...", "local".
Checked<Requirement> read_requirement(std::span<const std::string> arguments);

// Options: "None", "All", "Indexes FollowSymLinks", "+Indexes -FollowSymLinks".
Checked<FolderOptions> read_folder_options(std::span<const std::string> arguments);

}  // namespace forkloom::config
