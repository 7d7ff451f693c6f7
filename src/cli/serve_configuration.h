#pragma once

// The options of `forkloom serve` as a configuration. It is written as text and read by the same
// parser as a file: there is one way in.

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/serve_options.h"
#include "config/settings.h"

namespace forkloom::cli {

// Looks at the file system, to tell files from modules and folders. Every error is one line that
// names the option at fault and says what would be right.
tl::expected<config::Settings, std::vector<std::string>> settings_of(
    const ServeOptions& options, const Surroundings& surroundings);

}  // namespace forkloom::cli
