#include "config/parser.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "config/directives.h"
#include "config/nearest.h"
#include "config/syntax.h"

namespace forkloom::config {
namespace {

struct Complaint {
  Fault fault;
  std::size_t first_line = 0;  // of a duplicate
};

std::string count_of(std::size_t arguments) {
  return arguments == 1 ? "1 argument" : fmt::format("{} arguments", arguments);
}

Fault wrong_count(const Directive& row, std::size_t count) {
  const auto [minimum, maximum] = row.arity;
  const std::string wanted =
      minimum == maximum ? count_of(minimum) : fmt::format("{} to {}", minimum, count_of(maximum));
  return {fmt::format("it takes {}, not {}", wanted, count), fmt::format("write {}", row.usage())};
}

// Puts statements into Settings and remembers which line has claimed what.
class SettingsReader {
 public:
  // A row's default has to be as valid as what users write: anything else is a broken table.
  void store_default(const Directive& row) {
    if (row.default_text.empty()) return;
    const auto words = read_words(row.default_text);
    if (!words || !row.storage.store(row, *words, settings_)) std::abort();
  }

  std::optional<Complaint> store(const Directive& row, const Statement& statement,
                                 Context context) {
    if (!row.is_allowed_in(context)) {
      return Complaint{{"it may not stand here", "move it out of the section"}};
    }
    const std::size_t count = statement.arguments.size();
    if (count < row.arity.minimum || count > row.arity.maximum) {
      return Complaint{wrong_count(row, count)};
    }
    if (auto stored = row.storage.store(row, statement.arguments, settings_); !stored) {
      return Complaint{std::move(stored.error())};
    }
    if (!row.is_repeatable()) return std::nullopt;
    const std::string claim = row.storage.last_claim(settings_);
    if (claim.empty()) return std::nullopt;
    const auto [first, is_new] = claims_.emplace(claim, statement.line);
    if (is_new) return std::nullopt;
    return Complaint{{claim + " is given twice", "give it once"}, first->second};
  }

  Settings take() { return std::move(settings_); }

 private:
  Settings settings_;
  std::map<std::string, std::size_t> claims_;
};

Fault unknown_directive(std::string_view name) {
  const std::string_view nearest = nearest_directive(name);
  return {"there is no such directive",
          nearest.empty() ? "remove the line" : fmt::format("write {} if that is meant", nearest)};
}

std::set<const Directive*> rows_in(const Document& document) {
  std::set<const Directive*> rows;
  for (const Statement& statement : document.statements) {
    rows.insert(find_directive(statement.name));
  }
  return rows;
}

}  // namespace

tl::expected<Settings, std::vector<Diagnostic>> parse(std::string_view text,
                                                      std::string_view file) {
  Document document = read_document(text, file);
  std::vector<Diagnostic> diagnostics = std::move(document.diagnostics);
  const std::set<const Directive*> given = rows_in(document);

  SettingsReader reader;
  for (const Directive& row : directives()) {
    if (!row.is_repeatable() || !given.contains(&row)) reader.store_default(row);
  }
  for (Statement& statement : document.statements) {
    const Directive* row = find_directive(statement.name);
    auto complaint = row != nullptr ? reader.store(*row, statement, Context::kServer)
                                    : Complaint{unknown_directive(statement.name)};
    if (!complaint) continue;
    diagnostics.push_back(
        {.file = std::string(file),
         .line = statement.line,
         .source = std::move(statement.source),
         .directive = row != nullptr ? std::string(row->name) : std::move(statement.name),
         .fault = std::move(complaint->fault),
         .first_line = complaint->first_line});
  }
  if (diagnostics.empty()) return reader.take();
  std::stable_sort(
      diagnostics.begin(), diagnostics.end(),
      [](const Diagnostic& one, const Diagnostic& other) { return one.line < other.line; });
  return tl::unexpected(std::move(diagnostics));
}

Settings default_settings() {
  SettingsReader reader;
  for (const Directive& row : directives()) reader.store_default(row);
  return reader.take();
}

}  // namespace forkloom::config
