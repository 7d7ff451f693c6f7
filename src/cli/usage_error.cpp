#include "cli/usage_error.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "config/nearest.h"

namespace forkloom::cli {
namespace {

constexpr const char* kSeeHelp = "see forkloom serve --help";

std::string unknown_option(std::string_view given, const CLI::App& command) {
  constexpr std::size_t kMostSlips = 2;
  const std::string_view name = given.substr(0, given.find('='));
  std::string nearest;
  std::size_t least = kMostSlips + 1;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->nonpositional()) continue;
    const std::size_t distance = config::edit_distance(name, option->get_name());
    if (distance >= least) continue;
    least = distance;
    nearest = option->get_name();
  }
  return fmt::format("there is no option {}: {}", name,
                     nearest.empty() ? kSeeHelp : fmt::format("write {}", nearest));
}

std::string unexpected_arguments(const std::vector<std::string>& extra, const CLI::App& command) {
  const auto option = std::find_if(extra.begin(), extra.end(), [](const std::string& argument) {
    return argument.starts_with('-') && argument != "-" && argument != "--";
  });
  if (option != extra.end()) return unknown_option(*option, command);
  return fmt::format("'{}' is one argument too many: {}", extra.front(), kSeeHelp);
}

}  // namespace

std::string message_of(const CLI::ParseError& error, const CLI::App& app) {
  const std::vector<std::string> extra = app.remaining(true);
  const std::vector<CLI::App*> commands = app.get_subcommands();
  if (commands.empty()) {
    if (extra.empty()) return "a command is missing: write forkloom serve TARGET";
    return fmt::format("there is no command {}: write forkloom serve TARGET", extra.front());
  }
  const CLI::App& command = *commands.front();
  if (!extra.empty()) return unexpected_arguments(extra, command);

  const std::string_view text = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return fmt::format("{}: its value is missing: {}", text.substr(0, text.find(':')), kSeeHelp);
  }
  return fmt::format("{}: {}", text, kSeeHelp);
}

}  // namespace forkloom::cli
