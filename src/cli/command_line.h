#pragma once

// All that the command line of the binary may have.

#include <string>

#include <CLI/CLI.hpp>

#include "cli/file_options.h"
#include "cli/help_command.h"
#include "cli/plan.h"
#include "cli/run_command.h"
#include "cli/serve_options.h"

namespace forkloom::cli {

class CommandLine {
 public:
  CommandLine();
  CommandLine(const CommandLine&) = delete;  // the parser refers to the members
  CommandLine& operator=(const CommandLine&) = delete;

  // Once: parses the arguments, the first of which is the program, and does all that comes before
  // the server starts.
  Plan obey(int argc, const char* const* argv, const Surroundings& surroundings);

 private:
  Plan obey_command(const Surroundings& surroundings);

  CLI::App app_;
  ServeOptions serve_;
  RunOptions run_;
  FileOptions check_;
  HelpOptions help_;
  FileOptions version_;
  bool wants_version_listing_ = false;  // -V
};

}  // namespace forkloom::cli
