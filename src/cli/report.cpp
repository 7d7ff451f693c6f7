#include "cli/report.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace forkloom::cli {
namespace {

bool is_of_command_line(const config::Origin& origin) { return origin.line == 0; }

std::string text_of(const config::Diagnostic& diagnostic) {
  if (!is_of_command_line(diagnostic.origin)) return diagnostic.text();
  return fmt::format("{}: {}: {}", diagnostic.origin.text(), diagnostic.fault.problem,
                     diagnostic.fault.remedy);
}

std::string text_of(const config::Unbuilt& unbuilt) {
  return fmt::format("{}: {}: not built yet: {}", unbuilt.origin.text(), unbuilt.directive,
                     unbuilt.what);
}

// One statement may need the same for more than one reason.
std::vector<config::Unbuilt> once(std::span<const config::Unbuilt> unbuilt) {
  std::vector<config::Unbuilt> result;
  for (const config::Unbuilt& one : unbuilt) {
    if (std::find(result.begin(), result.end(), one) == result.end()) result.push_back(one);
  }
  return result;
}

}  // namespace

std::string line_of(std::string_view message) { return fmt::format("forkloom: {}\n", message); }

config::Diagnostic wrong_option(std::string_view option, config::Fault fault) {
  config::Diagnostic diagnostic;
  diagnostic.origin.file = option;
  diagnostic.fault = std::move(fault);
  return diagnostic;
}

std::string errors_text(std::span<const config::Diagnostic> errors) {
  std::string text;
  for (const config::Diagnostic& error : errors) {
    text += is_of_command_line(error.origin) ? line_of(text_of(error)) : text_of(error) + '\n';
  }
  return text;
}

std::string count_text(std::size_t errors, std::string_view file) {
  return line_of(fmt::format("{} {} in {}", errors, errors == 1 ? "error" : "errors", file));
}

std::string warnings_text(std::span<const config::Diagnostic> warnings) {
  std::string text;
  for (const config::Diagnostic& warning : warnings) {
    text += line_of(fmt::format("warning: {}", text_of(warning)));
  }
  return text;
}

std::string refusals_text(std::span<const config::Unbuilt> unbuilt) {
  std::string text;
  for (const config::Unbuilt& one : once(unbuilt)) {
    text += fmt::format("{}\n    {}\n", text_of(one), one.source);
  }
  return text;
}

std::string notes_text(std::span<const config::Unbuilt> unbuilt) {
  std::string text;
  for (const config::Unbuilt& one : once(unbuilt)) {
    text += fmt::format("note: run would refuse {}\n", text_of(one));
  }
  return text;
}

}  // namespace forkloom::cli
