#pragma once

// `forkloom run`: serves what a configuration file says.

#include <filesystem>

#include "cli/file_options.h"
#include "cli/plan.h"

namespace forkloom::cli {

struct RunOptions {
  FileOptions file;
  bool is_print_only = false;  // --print-config
};

// Parsing fills `options`, which has to live as long as `app`.
CLI::App& add_run_command(CLI::App& app, RunOptions& options);

Plan plan_run(const RunOptions& options, const std::filesystem::path& working_directory);

}  // namespace forkloom::cli
