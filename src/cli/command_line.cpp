#include "cli/command_line.h"

#include <memory>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "base/version.h"
#include "cli/check_command.h"
#include "cli/help_format.h"
#include "cli/serve_command.h"
#include "cli/serve_configuration.h"
#include "cli/usage_error.h"
#include "cli/version_listing.h"

namespace forkloom::cli {
namespace {

Plan ended(Report report) { return {.report = std::move(report), .start = {}}; }

Plan refused(std::string_view message) {
  return ended({.output = {}, .messages = line_of(message), .status = kUsageError});
}

Plan printed(std::string text) {
  return ended({.output = std::move(text), .messages = {}, .status = 0});
}

}  // namespace

CommandLine::CommandLine()
    : app_("Forkloom serves Python web applications (WSGI) and files.", "forkloom") {
  app_.formatter(std::make_shared<HelpFormat>());
  app_.set_help_flag("-h,--help", "Print this help and exit");
  app_.set_version_flag("-v,--version", fmt::format("forkloom {}", kVersion),
                        "Print the version and exit");
  app_.add_flag("-V", wants_version_listing_,
                "Print what the binary is made of and exit; with\n"
                "-f, also the process model that the file chooses");
  app_.require_subcommand(0, 1);
  app_.footer(
      "Examples:\n"
      "  forkloom serve app.wsgi\n"
      "  forkloom run -f site.conf\n\n"
      "'forkloom serve --help' has all of its options, 'forkloom help' all directives\n"
      "of configuration files.");
  add_serve_command(app_, serve_);
  add_run_command(app_, run_);
  add_check_command(app_, check_);
  add_help_command(app_, help_);
  add_file_options(app_, version_, false);
  for (const char* option : {"-f", "-D"}) app_.get_option(option)->group("With -V");
}

Plan CommandLine::obey(int argc, const char* const* argv, const Surroundings& surroundings) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::Success& request) {
    std::ostringstream out;
    std::ostringstream err;
    app_.exit(request, out, err);
    return printed(out.str());
  } catch (const CLI::ParseError& error) {
    return refused(message_of(error, app_));
  }
  return obey_command(surroundings);
}

Plan CommandLine::obey_command(const Surroundings& surroundings) {
  if (wants_version_listing_) {
    return ended(version_report(version_, surroundings.working_directory));
  }
  if (version_.file || !version_.defined.empty()) {
    return refused("-f and -D stand after a command or -V: write forkloom run -f FILE");
  }
  if (app_.got_subcommand("serve")) return plan_serve(serve_, surroundings);
  if (app_.got_subcommand("run")) return plan_run(run_, surroundings.working_directory);
  if (app_.got_subcommand("check")) return ended(check(check_, surroundings.working_directory));
  if (app_.got_subcommand("help")) {
    const auto commands = app_.get_subcommands(
        [this](const CLI::App* command) { return command->get_name() == help_.directive; });
    return commands.empty() ? ended(help(help_)) : printed(commands.front()->help("forkloom"));
  }
  return refused(missing_command(app_));
}

}  // namespace forkloom::cli
