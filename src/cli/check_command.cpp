#include "cli/check_command.h"

#include <cstdlib>

#include <CLI/CLI.hpp>

#include "cli/file_configuration.h"
#include "cli/site_check.h"

namespace forkloom::cli {

CLI::App& add_check_command(CLI::App& app, FileOptions& options) {
  CLI::App& command = *app.add_subcommand("check", "Tell all that is wrong with such a file");
  command.group("Commands");
  add_file_options(command, options, true);
  command.set_help_flag("-h,--help", "Print this help and exit")->group("Other");
  command.footer(R"(Example:
  forkloom check -f site.conf

The exit status is 0 where 'forkloom run' would start with the file, else 1.
Nothing is started, and no application is imported.)");
  return command;
}

Report check(const FileOptions& options, const std::filesystem::path& working_directory) {
  Report report;
  const FileConfiguration configuration = read_file_configuration(options, working_directory);
  if (!configuration.read) {
    const auto& errors = configuration.read.error();
    report.messages = errors_text(errors) + count_text(errors.size(), configuration.file);
    report.status = EXIT_FAILURE;
    return report;
  }
  const SiteCheck site = check_site(*configuration.read);
  const auto& unbuilt = configuration.read->settings.unbuilt;
  report.messages = warnings_text(configuration.read->warnings) + warnings_text(site.warnings) +
                    errors_text(site.errors) + notes_text(unbuilt);
  if (!site.errors.empty()) report.messages += count_text(site.errors.size(), configuration.file);
  if (!site.errors.empty() || !unbuilt.empty()) {
    report.status = EXIT_FAILURE;
  } else {
    report.output = "Syntax OK\n";
  }
  return report;
}

}  // namespace forkloom::cli
