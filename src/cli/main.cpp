// The forkloom binary. It never loads Python.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "cli/child_command.h"
#include "cli/command_line.h"
#include "config/print.h"
#include "supervisor/runtime_module.h"
#include "supervisor/server.h"

namespace forkloom::cli {
namespace {

void complain(std::string_view message) { fmt::print(stderr, "{}", line_of(message)); }

int run(const config::Settings& settings, const std::string& text) {
  return supervisor::run_server(settings, text);
}

int main_of(int argc, char** argv) {
  // What the parent executes where nothing runs Python; no command for people.
  if (argc == 3 && std::string_view(argv[1]) == supervisor::kOwnCommand) {
    return run_child_command(std::atoi(argv[2]));
  }
  std::error_code error;
  Surroundings surroundings;
  surroundings.working_directory = std::filesystem::current_path(error);
  if (error) {
    complain(fmt::format("the current directory cannot be read: {}", error.message()));
    return kUsageError;
  }
  const char* virtual_env = std::getenv("VIRTUAL_ENV");
  if (virtual_env != nullptr) surroundings.virtual_env = virtual_env;

  const Plan plan = CommandLine().obey(argc, argv, surroundings);
  std::fputs(plan.report.messages.c_str(), stderr);
  std::fputs(plan.report.output.c_str(), stdout);
  if (!plan.report.output.empty() && (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)) {
    return EXIT_FAILURE;
  }
  if (!plan.start) return plan.report.status;
  return run(plan.start->settings, config::print(*plan.start));
}

}  // namespace
}  // namespace forkloom::cli

int main(int argc, char** argv) { return forkloom::cli::main_of(argc, argv); }
