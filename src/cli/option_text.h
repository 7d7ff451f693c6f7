#pragma once

// Options that take text, in the manner of all commands: values are taken as they are, "" too, and
// never swallow the argument after them. They are checked where they are used.

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace forkloom::cli {

struct OptionText {
  const char* name;
  const char* value;  // placeholder
  const char* group;
  std::string help;
};

// Of an option that is given more than once the last value counts.
CLI::Option& add_text(CLI::App& command, std::optional<std::string>& value, const OptionText& text);
// One that may be given more than once.
CLI::Option& add_list(CLI::App& command, std::vector<std::string>& values, const OptionText& text);

}  // namespace forkloom::cli
