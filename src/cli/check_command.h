#pragma once

// `forkloom check`: what is wrong with a configuration file. It imports nothing and starts nothing.

#include <filesystem>

#include "cli/file_options.h"
#include "cli/report.h"

namespace forkloom::cli {

// Parsing fills `options`, which has to live as long as `app`.
CLI::App& add_check_command(CLI::App& app, FileOptions& options);

// Status 0 and "Syntax OK" where `run` would start with the file, warnings or none; 1 otherwise.
Report check(const FileOptions& options, const std::filesystem::path& working_directory);

}  // namespace forkloom::cli
