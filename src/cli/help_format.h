#pragma once

// How `--help` looks.

#include <string>

#include <CLI/CLI.hpp>

namespace forkloom::cli {

// CLI11's own layout with the arguments under a name of ours, and one empty line between groups.
class HelpFormat : public CLI::Formatter {
 public:
  // `positionals` stands above the arguments that are no options.
  explicit HelpFormat(const std::string& positionals = "What is served");
  std::string make_description(const CLI::App* app) const override;
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
};

}  // namespace forkloom::cli
