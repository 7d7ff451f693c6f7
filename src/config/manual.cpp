#include "config/manual.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace forkloom::config {
namespace {

std::string places_of(const Directive& row) {
  std::string places;
  const auto add = [&](Context context, std::string_view place) {
    if (!row.is_allowed_in(context)) return;
    if (!places.empty()) places += ", ";
    places += place;
  };
  add(kServer, "server");
  add(kVirtualHost, "virtual host");
  add(kPath, "directory, files, location");
  add(kInterpreter, "interpreter options");
  return places;
}

// Label and value of each line below the usage.
std::vector<std::pair<std::string, std::string>> facts_of(const Directive& row) {
  std::vector<std::pair<std::string, std::string>> facts;
  facts.emplace_back("Where", places_of(row));
  if (!row.default_text.empty()) facts.emplace_back("Default", std::string(row.default_text));
  if (row.range.maximum > 0) {
    facts.emplace_back("Range",
                       fmt::format("{} to {} {}", row.range.minimum, row.range.maximum, row.unit));
  }
  if (row.is_repeatable && row.kind == Kind::kSetting) facts.emplace_back("Repeatable", "yes");
  if (row.kind == Kind::kAccepted) facts.emplace_back("Effect", "none: accepted for httpd's sake");
  if (!row.unbuilt.empty()) {
    facts.emplace_back("State",
                       fmt::format("not built yet ({}): checked, refused at start", row.unbuilt));
  }
  return facts;
}

// Text within `width` columns, each line after the first one indented.
std::string wrapped(std::string_view text, std::size_t width, std::string_view indent) {
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + end > width) {
      result += fmt::format("\n{}", indent);
      column = 0;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    result += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '<' || c == '|' || c == '*' || c == '_' || c == '[') result += '\\';
    result += c;
  }
  return result;
}

constexpr std::array<Topic, 9> kTopics = {{
    {"While the file is read", reading_directives},
    {"The server", server_directives},
    {"Hosts, logs and connections", host_directives},
    {"Sections", section_directives},
    {"What URLs lead to", mapping_directives},
    {"Files and access", file_directives},
    {"Requests and answers", request_directives},
    {"WSGI and Python", wsgi_directives},
    {"Accepted without effect", accepted_directives},
}};

}  // namespace

std::span<const Topic> topics() { return kTopics; }

std::string help_text(const Directive& row) {
  std::string text = fmt::format("{}\n\n  {}\n\n", row.usage(), wrapped(row.help, 76, "  "));
  for (const auto& [label, value] : facts_of(row)) {
    text += fmt::format("  {:<10}  {}\n", label, wrapped(value, 64, "              "));
  }
  return text;
}

std::string manual_page() {
  std::string page =
      "# Directives\n\n"
      "Written from the directive table by `forkloom help --manual`; do not edit. The syntax is\n"
      "Apache httpd's: a directive per line, sections in angle brackets, names in any letter "
      "case,\n"
      "`\\` at the end of a line continues it, `#` at its beginning makes it a comment.\n";
  for (const Topic& topic : kTopics) {
    page += fmt::format("\n## {}\n", topic.title);
    for (const Directive& row : topic.rows()) {
      page += fmt::format("\n### {}\n\n`{}`\n\n{}\n\n", row.name, row.usage(), escaped(row.help));
      for (const auto& [label, value] : facts_of(row)) {
        page += label == "Default" ? fmt::format("- {}: `{}`\n", label, value)
                                   : fmt::format("- {}: {}\n", label, value);
      }
    }
  }
  return page;
}

}  // namespace forkloom::config
