#pragma once

// Options instead of the lines of the configuration text that is made of them: wherever an Origin
// is told, a user reads "--bind", not the line of a text that no file has.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/parser.h"

namespace forkloom::cli {

// The name under which that text is read.
inline constexpr std::string_view kCommandLine = "command line";

// `options` has that of each line. What included files say keeps its place.
void name_options(config::Configuration& configuration, std::span<const std::string> options);
void name_options(std::vector<config::Diagnostic>& diagnostics,
                  std::span<const std::string> options);

}  // namespace forkloom::cli
