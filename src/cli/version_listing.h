#pragma once

// What `forkloom -V` prints, in the manner of httpd's -V.

#include <filesystem>
#include <string>

#include "cli/file_options.h"
#include "cli/report.h"
#include "config/settings.h"

namespace forkloom::cli {

// With the model that a configuration chooses; nullptr for none.
std::string version_listing(const config::Settings* settings);

// The same of the file that -f names, where it does.
Report version_report(const FileOptions& options, const std::filesystem::path& working_directory);

}  // namespace forkloom::cli
