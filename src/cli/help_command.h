#pragma once

// `forkloom help`: the directives of configuration files.

#include <string>

#include "cli/report.h"

namespace CLI {
class App;
}

namespace forkloom::cli {

struct HelpOptions {
  std::string directive;   // as written; "" for all of them
  bool is_manual = false;  // --manual
};

// Parsing fills `options`, which has to live as long as `app`.
CLI::App& add_help_command(CLI::App& app, HelpOptions& options);

// Explains one directive or section, named in any letter case, with angle brackets or without;
// lists all names; or gives the whole manual.
Report help(const HelpOptions& options);

}  // namespace forkloom::cli
