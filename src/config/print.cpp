#include "config/print.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "config/directives.h"
#include "config/syntax.h"

namespace forkloom::config {
namespace {

std::string words_of(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& argument : arguments) text += fmt::format(" {}", quote(argument));
  return text;
}

class Printer {
 public:
  std::string print(const Configuration& configuration) {
    std::set<const Directive*> given;
    for (const Statement& statement : configuration.tree) {
      given.insert(find_directive(statement.name));
    }
    text_ = "# What is in force; a comment says where the lines below it come from.\n";
    text_ += fmt::format("ServerRoot {}\n", quote(configuration.settings.server_root));
    text_ += "# default\n";
    for (const Directive& row : directives()) {
      const bool is_replaced = given.contains(&row) && (!row.is_repeatable || row.default_yields);
      if (row.default_text.empty() || is_replaced) continue;
      text_ += fmt::format("{} {}\n", row.name, row.default_text);
    }
    add(configuration.tree, 0);
    return std::move(text_);
  }

 private:
  void add(const Tree& tree, std::size_t depth) {
    std::map<const Directive*, const Statement*> last;
    for (const Statement& statement : tree) last[find_directive(statement.name)] = &statement;
    const std::string indent(2 * depth, ' ');
    for (const Statement& statement : tree) {
      const Directive* row = find_directive(statement.name);
      if (!row->is_repeatable && last[row] != &statement) continue;
      if (row->name == "ServerRoot") continue;
      if (const std::string origin = statement.origin.text(); origin != origin_) {
        text_ += fmt::format("{}# {}\n", indent, origin);
        origin_ = origin;
      }
      const std::string words = words_of(statement.arguments);
      if (!statement.is_section) {
        text_ += fmt::format("{}{}{}\n", indent, row->name, words);
        continue;
      }
      text_ += fmt::format("{}<{}{}>\n", indent, row->name, words);
      add(statement.children, depth + 1);
      text_ += fmt::format("{}</{}>\n", indent, row->name);
    }
  }

  std::string text_;
  std::string origin_;
};

}  // namespace

std::string print(const Configuration& configuration) { return Printer().print(configuration); }

}  // namespace forkloom::config
