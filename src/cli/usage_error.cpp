#include "cli/usage_error.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "config/nearest.h"

namespace forkloom::cli {
namespace {

std::string see_help(const CLI::App& command) {
  return command.get_parent() == nullptr
             ? std::string("see forkloom --help")
             : fmt::format("see forkloom {} --help", command.get_name());
}

// "write forkloom serve, run, check or help"
std::string write_command(const CLI::App& app) {
  std::string names;
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* command : commands) {
    if (!names.empty()) names += command == commands.back() ? " or " : ", ";
    names += command->get_name();
  }
  return fmt::format("write forkloom {}", names);
}

std::string unknown_option(std::string_view given, const CLI::App& command) {
  constexpr std::size_t kMostSlips = 2;
  constexpr std::size_t kShortest = 4;  // "-f" is near to every other letter
  const std::string_view name = given.substr(0, given.find('='));
  std::string nearest;
  std::size_t least = kMostSlips + 1;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->nonpositional() || option->get_name().size() < kShortest) continue;
    const std::size_t distance = config::edit_distance(name, option->get_name());
    if (distance >= least) continue;
    least = distance;
    nearest = option->get_name();
  }
  return fmt::format("there is no option {}: {}", name,
                     nearest.empty() ? see_help(command) : fmt::format("write {}", nearest));
}

std::string unexpected_arguments(const std::vector<std::string>& extra, const CLI::App& command) {
  const auto option = std::find_if(extra.begin(), extra.end(), [](const std::string& argument) {
    return argument.starts_with('-') && argument != "-" && argument != "--";
  });
  if (option != extra.end()) return unknown_option(*option, command);
  return fmt::format("'{}' is one argument too many: {}", extra.front(), see_help(command));
}

}  // namespace

std::string missing_command(const CLI::App& app) {
  return fmt::format("a command is missing: {}", write_command(app));
}

std::string message_of(const CLI::ParseError& error, const CLI::App& app) {
  const std::vector<std::string> extra = app.remaining(true);
  const std::vector<CLI::App*> commands = app.get_subcommands();
  if (commands.empty() && !extra.empty() && !extra.front().starts_with('-')) {
    return fmt::format("there is no command {}: {}", extra.front(), write_command(app));
  }
  const CLI::App& command = commands.empty() ? app : *commands.front();
  if (!extra.empty()) return unexpected_arguments(extra, command);

  const std::string_view text = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return fmt::format("{}: its value is missing: {}", text.substr(0, text.find(':')),
                       see_help(command));
  }
  return fmt::format("{}: {}", text, see_help(command));
}

}  // namespace forkloom::cli
