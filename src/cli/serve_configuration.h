#pragma once

// The options of `forkloom serve` as a configuration.

#include <vector>

#include <tl/expected.hpp>

#include "cli/plan.h"
#include "cli/serve_options.h"
#include "config/parser.h"

namespace forkloom::cli {

// Looks at the file system, to tell files from modules and folders, and reads what --config names.
// An error of an option has it as its Origin.
tl::expected<config::Configuration, std::vector<config::Diagnostic>> configuration_of(
    const ServeOptions& options, const Surroundings& surroundings);

Plan plan_serve(const ServeOptions& options, const Surroundings& surroundings);

}  // namespace forkloom::cli
