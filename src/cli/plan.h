#pragma once

// The last look at a configuration before the server starts with it.

#include <optional>
#include <string_view>

#include "cli/report.h"
#include "config/parser.h"

namespace forkloom::cli {

struct Plan {
  Report report;  // to be shown first
  // What to start; nothing where the command has ended with its report.
  std::optional<config::Configuration> start;
};

enum class Purpose { kStart, kPrint };

// `file` is what errors are counted in; "" where there is none. A configuration is printed
// whatever the machine and this version of the server make of it.
Plan plan(config::Configuration configuration, Purpose purpose, std::string_view file);

}  // namespace forkloom::cli
