#pragma once

// A configuration file as the command line names it: -f and -D, which `run`, `check` and -V share.

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace forkloom::cli {

struct FileOptions {
  std::optional<std::string> file;   // -f
  std::vector<std::string> defined;  // -D: "NAME" or "NAME=VALUE"
};

// Parsing fills `options`, which has to live as long as `command`.
void add_file_options(CLI::App& command, FileOptions& options, bool is_required);

}  // namespace forkloom::cli
