#include "cli/help_format.h"

#include <utility>

namespace forkloom::cli {

HelpFormat::HelpFormat(const std::string& positionals) {
  constexpr std::size_t kColumn = 30;
  column_width(kColumn);
  label("SUBCOMMAND", "COMMAND");
  label("Positionals", positionals);
}

std::string HelpFormat::make_description(const CLI::App* app) const {
  return app->get_description() + "\n\n";
}

// "-h, --help"
std::string HelpFormat::make_option_name(const CLI::Option* option, bool is_positional) const {
  return CLI::detail::find_and_replace(CLI::Formatter::make_option_name(option, is_positional), ",",
                                       ", ");
}

std::string HelpFormat::make_help(const CLI::App* app, std::string name,
                                  CLI::AppFormatMode mode) const {
  std::string text = CLI::Formatter::make_help(app, std::move(name), mode);
  for (std::size_t at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n")) {
    text.erase(at, 1);
  }
  return text;
}

}  // namespace forkloom::cli
