#include "config/print.h"

#include <fmt/format.h>

#include "config/directives.h"
#include "config/last_statements.h"
#include "config/letters.h"
#include "config/syntax.h"

namespace forkloom::config {
namespace {

// "${" of a value, so that it is not a variable's when the text is read.
constexpr std::string_view kDollar = "FORKLOOM_DOLLAR";

std::string word_of(std::string_view argument) {
  std::string text = quote(argument);
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at)) {
    const std::string written = fmt::format("${{{}}}", kDollar);
    text.replace(at, 1, written);
    at += written.size();
  }
  return text;
}

// A comment of one line: no file name can end it or join the next line to it.
std::string comment_of(const Origin& origin) {
  std::string text = origin.text();
  for (char& c : text) {
    if (is_control(c)) c = '?';
  }
  return fmt::format("# {}{}", text, text.ends_with('\\') ? "." : "");
}

class Printer {
 public:
  std::string print(const Configuration& configuration) {
    add_server_root(configuration);
    add_defaults(configuration.tree);
    add(configuration.tree, 0);
    std::string head = "# What is in force; a comment says where the lines below it come from.\n";
    if (has_dollar_) head += fmt::format("Define {} $\n", kDollar);
    return head + text_;
  }

 private:
  // First, since other paths are seen from it.
  void add_server_root(const Configuration& configuration) {
    const Directive* row = find_directive("ServerRoot");
    const auto last = last_statements(configuration.tree);
    const auto found = last.find(row);
    add_comment(found == last.end() ? Origin{"the folder of the file", 0} : found->second->origin,
                "");
    text_ += fmt::format("{}{}\n", row->name, words_of({configuration.settings.server_root}));
  }

  void add_defaults(const Tree& tree) {
    const auto given = last_statements(tree);
    add_comment({"default", 0}, "");
    for (const Directive& row : directives()) {
      const bool is_replaced = given.contains(&row) && (!row.is_repeatable || row.default_yields);
      if (row.default_text.empty() || is_replaced || begins_with_default(tree, row)) continue;
      text_ += fmt::format("{} {}\n", row.name, row.default_text);
    }
  }

  // Where a printed text is printed again, what adds to a default stands behind it already.
  static bool begins_with_default(const Tree& tree, const Directive& row) {
    for (const Statement& statement : tree) {
      if (find_directive(statement.name) != &row) continue;
      return read_words(row.default_text) == statement.arguments;
    }
    return false;
  }

  void add(const Tree& tree, std::size_t depth) {
    const auto last = last_statements(tree);
    const std::string indent(2 * depth, ' ');
    for (const Statement& statement : tree) {
      const Directive* row = find_directive(statement.name);
      if (!row->is_repeatable && last.at(row) != &statement) continue;
      if (row->name == "ServerRoot") continue;
      add_comment(statement.origin, indent);
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

  void add_comment(const Origin& origin, std::string_view indent) {
    const std::string comment = comment_of(origin);
    if (comment != comment_) text_ += fmt::format("{}{}\n", indent, comment);
    comment_ = comment;
  }

  std::string words_of(const std::vector<std::string>& arguments) {
    std::string words;
    for (const std::string& argument : arguments) {
      has_dollar_ = has_dollar_ || argument.find("${") != std::string::npos;
      words += fmt::format(" {}", word_of(argument));
    }
    return words;
  }

  std::string text_;
  std::string comment_;  // the last one
  bool has_dollar_ = false;
};

}  // namespace

std::string print(const Configuration& configuration) { return Printer().print(configuration); }

}  // namespace forkloom::config
