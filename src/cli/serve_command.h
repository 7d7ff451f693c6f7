#pragma once

// `forkloom serve` for the command line parser: its options and their help.

#include "cli/serve_options.h"

namespace CLI {
class App;
}

namespace forkloom::cli {

// Parsing fills `options`, which has to live as long as `app`.
CLI::App& add_serve_command(CLI::App& app, ServeOptions& options);

}  // namespace forkloom::cli
