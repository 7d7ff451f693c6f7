#include "cli/option_origins.h"

#include <fmt/format.h>

namespace forkloom::cli {
namespace {

using Options = std::span<const std::string>;

void name(config::Origin& origin, Options options) {
  if (origin.file != kCommandLine || origin.line == 0 || origin.line > options.size()) return;
  origin = {options[origin.line - 1], 0};
}

// "the address *:80 is given twice (first on line 3)", of two lines of the text.
void name_first_line(std::string& problem, std::string_view option, Options options) {
  for (std::size_t line = 1; line <= options.size(); ++line) {
    const std::string place = fmt::format(" (first on line {})", line);
    if (!problem.ends_with(place)) continue;
    problem.resize(problem.size() - place.size());
    if (options[line - 1] != option) problem += fmt::format(" (first by {})", options[line - 1]);
    return;
  }
}

// "... (first in command line:3)", of a line of a file.
void name_first_place(std::string& problem, Options options) {
  for (std::size_t line = 1; line <= options.size(); ++line) {
    const std::string place = fmt::format(" (first in {}:{})", kCommandLine, line);
    if (!problem.ends_with(place)) continue;
    problem.resize(problem.size() - place.size());
    problem += fmt::format(" (first by {})", options[line - 1]);
    return;
  }
}

}  // namespace

void name_options(config::Configuration& configuration, Options options) {
  // Options make no sections: all of their statements stand outside.
  for (config::Statement& statement : configuration.tree) name(statement.origin, options);
  config::Settings& settings = configuration.settings;
  for (config::Mapping& mapping : settings.main.mappings) name(mapping.origin, options);
  for (config::CustomLog& log : settings.main.custom_logs) name(log.origin, options);
  for (config::Unbuilt& unbuilt : settings.unbuilt) name(unbuilt.origin, options);
  name_options(configuration.warnings, options);
}

void name_options(std::vector<config::Diagnostic>& diagnostics, Options options) {
  for (config::Diagnostic& diagnostic : diagnostics) {
    const bool is_of_text = diagnostic.origin.file == kCommandLine;
    name(diagnostic.origin, options);
    if (is_of_text) {
      name_first_line(diagnostic.fault.problem, diagnostic.origin.file, options);
    } else {
      name_first_place(diagnostic.fault.problem, options);
    }
  }
}

}  // namespace forkloom::cli
