#include "cli/help_command.h"

#include <memory>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/help_format.h"
#include "config/directives.h"
#include "config/manual.h"
#include "config/unknown.h"

namespace forkloom::cli {
namespace {

constexpr std::size_t kWidth = 78;

// "<VirtualHost>" as it stands in a file, or "VirtualHost".
std::string_view bare_name(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.starts_with('/')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return text;
}

std::string names_of(const config::Topic& topic) {
  constexpr std::string_view kIndent = "  ";
  std::string text = fmt::format("\n{}:\n", topic.title);
  std::string line;
  for (const config::Directive& row : topic.rows()) {
    const bool is_section = row.kind == config::Kind::kSection;
    const std::string name = is_section ? fmt::format("<{}>", row.name) : std::string(row.name);
    if (!line.empty() && line.size() + 1 + name.size() > kWidth) {
      text += line + '\n';
      line.clear();
    }
    line += line.empty() ? kIndent : std::string_view(" ");
    line += name;
  }
  return text + line + '\n';
}

std::string all_names() {
  std::string text = "'forkloom help NAME' explains a directive, 'forkloom help --manual' all.\n";
  for (const config::Topic& topic : config::topics()) text += names_of(topic);
  return text;
}

}  // namespace

CLI::App& add_help_command(CLI::App& app, HelpOptions& options) {
  CLI::App& command = *app.add_subcommand("help", "Explain the directives of such a file");
  command.group("Commands");
  command.formatter(std::make_shared<HelpFormat>("What is explained"));
  command
      .add_option("DIRECTIVE", options.directive,
                  "A directive or section, in any letter case;\n"
                  "without it all names are listed")
      ->option_text(" ");
  command.add_flag("--manual", options.is_manual, "Print the manual of all directives (Markdown)")
      ->group("Other");
  command.set_help_flag("-h,--help", "Print this help and exit")->group("Other");
  command.footer("Example:\n  forkloom help WSGIScriptAlias");
  return command;
}

Report help(const HelpOptions& options) {
  Report report;
  if (options.is_manual) {
    report.output = config::manual_page();
    return report;
  }
  if (options.directive.empty()) {
    report.output = all_names();
    return report;
  }
  const std::string_view name = bare_name(options.directive);
  if (const config::Directive* row = config::find_directive(name)) {
    report.output = config::help_text(*row);
    return report;
  }
  const config::Fault fault = config::unknown_directive(name, options.directive.starts_with('<'));
  report.messages = line_of(fmt::format("{}: {}: {}", name, fault.problem, fault.remedy));
  report.status = kUsageError;
  return report;
}

}  // namespace forkloom::cli
