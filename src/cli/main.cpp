// The forkloom binary. It never loads Python.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/version.h"
#include "cli/help_format.h"
#include "cli/serve_command.h"
#include "cli/serve_configuration.h"
#include "cli/usage_error.h"
#include "config/print.h"
#ifdef FORKLOOM_HAS_SUPERVISOR
#include "supervisor/server.h"
#endif

namespace forkloom::cli {
namespace {

constexpr int kUsageError = 2;

void complain(std::string_view message) { fmt::print(stderr, "forkloom: {}\n", message); }

int run(const config::Settings& settings, const std::string& text) {
#ifdef FORKLOOM_HAS_SUPERVISOR
  return supervisor::run_server(settings, text);
#else
  (void)settings;
  (void)text;
  complain("this binary was built without the supervisor and cannot serve");
  return EXIT_FAILURE;
#endif
}

int serve(const ServeOptions& options) {
  std::error_code error;
  Surroundings surroundings;
  surroundings.working_directory = std::filesystem::current_path(error);
  if (error) {
    complain(fmt::format("the current directory cannot be read: {}", error.message()));
    return kUsageError;
  }
  const char* virtual_env = std::getenv("VIRTUAL_ENV");
  if (virtual_env != nullptr) surroundings.virtual_env = virtual_env;

  const auto settings = settings_of(options, surroundings);
  if (!settings) {
    for (const std::string& message : settings.error()) complain(message);
    return kUsageError;
  }
  const std::string text = config::print(*settings);
  if (!options.is_print_only) return run(*settings, text);
  fmt::print("{}", text);
  return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main_of(int argc, char** argv) {
  CLI::App app("Forkloom serves Python web applications (WSGI).", "forkloom");
  app.formatter(std::make_shared<HelpFormat>());
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.set_version_flag("-V,--version", fmt::format("forkloom {}", kVersion),
                       "Print the version and exit");
  app.require_subcommand(1);
  app.footer("Example:\n  forkloom serve app.wsgi\n\n'forkloom serve --help' has all options.");

  ServeOptions options;
  add_serve_command(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& request) {
    return app.exit(request);
  } catch (const CLI::ParseError& error) {
    complain(message_of(error, app));
    return kUsageError;
  }
  return serve(options);
}

}  // namespace
}  // namespace forkloom::cli

int main(int argc, char** argv) { return forkloom::cli::main_of(argc, argv); }
