#include "cli/file_configuration.h"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/disk_files.h"
#include "cli/paths.h"
#include "cli/report.h"

namespace forkloom::cli {
namespace {

std::vector<config::Diagnostic> errors_of_names(const std::vector<std::string>& defined) {
  std::vector<config::Diagnostic> errors;
  for (const std::string& text : defined) {
    const std::string_view name = std::string_view(text).substr(0, text.find('='));
    if (!name.empty() && name.find_first_of(":}") == std::string_view::npos) continue;
    errors.push_back(wrong_option("-D", {fmt::format("'{}' cannot be a variable's name", name),
                                         "write -D NAME or -D NAME=VALUE, without : and }"}));
  }
  return errors;
}

}  // namespace

FileConfiguration read_file_configuration(const FileOptions& options,
                                          const std::filesystem::path& working_directory) {
  FileConfiguration configuration;
  if (auto errors = errors_of_names(options.defined); !errors.empty()) {
    configuration.file = "the command line";
    configuration.read = tl::unexpected(std::move(errors));
    return configuration;
  }
  configuration.file = absolute_from(working_directory, options.file.value_or(""));
  const DiskFiles files;
  const auto text = files.read(configuration.file);
  if (!text) {
    configuration.read = tl::unexpected(
        std::vector{wrong_option("-f", {text.error().message(), "name a file that can be read"})});
    return configuration;
  }
  configuration.read = config::read_configuration(
      *text, configuration.file, files,
      {.defined = options.defined,
       .server_root = std::filesystem::path(configuration.file).parent_path().string()});
  return configuration;
}

}  // namespace forkloom::cli
