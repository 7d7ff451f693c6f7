#include "cli/run_command.h"

#include <utility>

#include <CLI/CLI.hpp>

#include "cli/file_configuration.h"

namespace forkloom::cli {

CLI::App& add_run_command(CLI::App& app, RunOptions& options) {
  CLI::App& command = *app.add_subcommand("run", "Serve what a configuration file says");
  command.group("Commands");
  add_file_options(command, options.file, true);
  command.set_help_flag("-h,--help", "Print this help and exit")->group("Other");
  command
      .add_flag("--print-config", options.is_print_only,
                "Print the configuration in force, with every\n"
                "default, and exit")
      ->group("Other");
  command.footer(R"(Examples:
  forkloom run -f site.conf
  forkloom run -f site.conf -D PORT=8080 -D Staging
  forkloom run -f site.conf --print-config

The file is in Apache's language: 'forkloom help' lists the directives.)");
  return command;
}

Plan plan_run(const RunOptions& options, const std::filesystem::path& working_directory) {
  FileConfiguration configuration = read_file_configuration(options.file, working_directory);
  if (!configuration.read) {
    const auto& errors = configuration.read.error();
    return {
        .report = {.output = {},
                   .messages = errors_text(errors) + count_text(errors.size(), configuration.file),
                   .status = kUsageError},
        .start = {}};
  }
  return plan(std::move(*configuration.read),
              options.is_print_only ? Purpose::kPrint : Purpose::kStart, configuration.file);
}

}  // namespace forkloom::cli
