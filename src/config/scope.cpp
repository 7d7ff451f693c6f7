#include "config/scope.h"

#include <utility>

#include <fmt/format.h>

#include "config/directives.h"

namespace forkloom::config {

std::string Scope::directive() const {
  const Directive* row = find_directive(statement.name);
  return row != nullptr ? std::string(row->name) : statement.name;
}

std::string Scope::absolute(std::string_view path) const {
  if (path.starts_with('/')) return std::string(path);
  return fmt::format("{}{}{}", settings.server_root, settings.server_root.ends_with('/') ? "" : "/",
                     path);
}

Checked<void> Scope::claim(const std::string& what) const {
  const auto [first, is_new] = claims.emplace(what, statement.origin);
  if (is_new) return {};
  const Origin& origin = first->second;
  return refuse(origin.file == statement.origin.file
                    ? fmt::format("{} is given twice (first on line {})", what, origin.line)
                    : fmt::format("{} is given twice (first in {})", what, origin.text()),
                "give it once");
}

void Scope::warn(Fault fault) const {
  warnings.push_back({statement.origin, statement.source, directive(), std::move(fault)});
}

void Scope::note_unbuilt(std::string_view what) const {
  settings.unbuilt.push_back({statement.origin, statement.source, directive(), std::string(what)});
}

}  // namespace forkloom::config
