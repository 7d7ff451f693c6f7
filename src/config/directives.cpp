#include "config/directives.h"

#include <unordered_map>

#include <fmt/format.h>

#include "config/letters.h"

namespace forkloom::config {
namespace {

std::vector<Directive> joined() {
  std::vector<Directive> rows;
  for (const auto topic : {reading_directives, server_directives, host_directives,
                           section_directives, mapping_directives, file_directives,
                           request_directives, wsgi_directives, accepted_directives}) {
    const std::span<const Directive> more = topic();
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

std::unordered_map<std::string, const Directive*> by_name() {
  std::unordered_map<std::string, const Directive*> rows;
  for (const Directive& row : directives()) rows.emplace(lower(row.name), &row);
  return rows;
}

std::string_view usage_of(ValueType type) {
  switch (type) {
    case ValueType::kNumber:
      return "NUMBER";
    case ValueType::kSwitch:
      return "On|Off";
    case ValueType::kPath:
      return "PATH";
    case ValueType::kWord:
    case ValueType::kCompound:
      break;
  }
  return "VALUE";
}

}  // namespace

std::string Directive::usage() const {
  const std::string_view arguments =
      arguments_usage.empty() ? usage_of(storage.type) : arguments_usage;
  return kind == Kind::kSection ? fmt::format("<{} {}>", name, arguments)
                                : fmt::format("{} {}", name, arguments);
}

std::span<const Directive> directives() {
  static const std::vector<Directive> rows = joined();
  return rows;
}

const Directive* find_directive(std::string_view name) {
  static const std::unordered_map<std::string, const Directive*> rows = by_name();
  const auto found = rows.find(lower(name));
  return found == rows.end() ? nullptr : found->second;
}

}  // namespace forkloom::config
