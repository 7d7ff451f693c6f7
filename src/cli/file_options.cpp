#include "cli/file_options.h"

#include <CLI/CLI.hpp>

#include "cli/option_text.h"

namespace forkloom::cli {

void add_file_options(CLI::App& command, FileOptions& options, bool is_required) {
  constexpr const char* kConfiguration = "Configuration";
  add_text(command, options.file,
           {"-f", "FILE", kConfiguration,
            "A configuration file. Relative paths in it are\n"
            "seen from its ServerRoot, else from its folder.\n"
            "Example: -f /etc/forkloom/site.conf"})
      .required(is_required);
  add_list(command, options.defined,
           {"-D", "NAME[=VALUE]", kConfiguration,
            "Defines a variable: ${NAME} stands for its value,\n"
            "<IfDefine NAME> is met; repeatable.\n"
            "Example: -D PORT=8080"});
}

}  // namespace forkloom::cli
