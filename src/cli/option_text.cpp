#include "cli/option_text.h"

#include <CLI/CLI.hpp>

namespace forkloom::cli {

CLI::Option& add_text(CLI::App& command, std::optional<std::string>& value,
                      const OptionText& text) {
  return *command
              .add_option(
                  text.name,
                  [&value](const CLI::results_t& given) {
                    value = given.back();
                    return true;
                  },
                  text.help)
              ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
              ->option_text(text.value)
              ->group(text.group);
}

CLI::Option& add_list(CLI::App& command, std::vector<std::string>& values, const OptionText& text) {
  return *command
              .add_option(
                  text.name,
                  [&values](const CLI::results_t& given) {
                    values = given;
                    return true;
                  },
                  text.help)
              ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
              ->allow_extra_args(false)
              ->option_text(text.value)
              ->group(text.group);
}

}  // namespace forkloom::cli
