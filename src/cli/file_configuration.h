#pragma once

// A configuration file on the disk, with all that it includes, as a Configuration.

#include <filesystem>
#include <vector>

#include <tl/expected.hpp>

#include "cli/file_options.h"
#include "config/parser.h"

namespace forkloom::cli {

struct FileConfiguration {
  std::string file;  // absolute
  tl::expected<config::Configuration, std::vector<config::Diagnostic>> read;
};

// A relative -f, which has to be given, is seen from `working_directory`.
FileConfiguration read_file_configuration(const FileOptions& options,
                                          const std::filesystem::path& working_directory);

}  // namespace forkloom::cli
