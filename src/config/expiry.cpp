#include "config/expiry.h"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/syntax.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

constexpr const char* kForm =
    "write \"access plus 1 month\", \"modification plus 2 days\" or A3600";
// What Cache-Control's max-age has to be able to say (RFC 9111 section 1.2.2).
constexpr Range kMost = {.minimum = 0, .maximum = 2'147'483'647};

constexpr auto kUnits =
    std::to_array<std::pair<std::string_view, std::int64_t>>({{"year", 31'536'000},
                                                              {"month", 2'592'000},
                                                              {"week", 604'800},
                                                              {"day", 86'400},
                                                              {"hour", 3'600},
                                                              {"minute", 60},
                                                              {"second", 1}});

std::optional<std::int64_t> seconds_of(std::string_view unit) {
  if (unit.ends_with('s') || unit.ends_with('S')) unit.remove_suffix(1);
  return find_word(unit, kUnits);
}

}  // namespace

Checked<Expiry> read_expiry(std::string_view text) {
  Expiry expiry;
  if (text.size() > 1 && (text[0] == 'A' || text[0] == 'M') && is_digit(text[1])) {
    expiry.is_from_modification = text[0] == 'M';
    const auto number = read_number(text.substr(1), kMost, "seconds");
    if (!number) return refuse(number.error().problem, kForm);
    expiry.seconds = static_cast<std::int64_t>(*number);
    return expiry;
  }
  const auto words = read_words(text);
  if (!words || words->empty()) return refuse("it is empty", kForm);
  const std::string base = lower((*words)[0]);
  if (base != "access" && base != "now" && base != "modification") {
    return refuse(fmt::format("'{}' is no point in time", (*words)[0]), kForm);
  }
  expiry.is_from_modification = base == "modification";
  std::size_t i = 1;
  if (i < words->size() && lower((*words)[i]) == "plus") ++i;
  for (; i < words->size(); i += 2) {
    const auto number = read_number((*words)[i], kMost, "");
    if (!number) return refuse(fmt::format("'{}' is not a number", (*words)[i]), kForm);
    if (i + 1 == words->size()) {
      return refuse(fmt::format("'{}' has no unit", (*words)[i]), kForm);
    }
    const auto unit = seconds_of((*words)[i + 1]);
    if (!unit) return refuse(fmt::format("'{}' is no unit of time", (*words)[i + 1]), kForm);
    expiry.seconds += static_cast<std::int64_t>(*number) * *unit;
    if (expiry.seconds > static_cast<std::int64_t>(kMost.maximum)) {
      return refuse("it is longer than 68 years", kForm);
    }
  }
  return expiry;
}

Checked<ETagParts> read_etag_parts(std::span<const std::string> arguments) {
  // What + and - start from: httpd's default.
  ETagParts parts;
  if (arguments[0].starts_with('+') || arguments[0].starts_with('-')) {
    parts = {.has_inode = false, .has_mtime = true, .has_size = true, .has_digest = false};
  }
  for (const std::string& argument : arguments) {
    const bool is_relative = argument.starts_with('+') || argument.starts_with('-');
    const bool is_on = !argument.starts_with('-');
    const std::string word = lower(std::string_view(argument).substr(is_relative ? 1 : 0));
    if (word == "inode") {
      parts.has_inode = is_on;
    } else if (word == "mtime") {
      parts.has_mtime = is_on;
    } else if (word == "size") {
      parts.has_size = is_on;
    } else if (word == "digest") {
      parts.has_digest = is_on;
    } else if (word == "all" && !is_relative) {
      parts = {.has_inode = true, .has_mtime = true, .has_size = true, .has_digest = false};
    } else if (word == "none" && !is_relative) {
      parts = {};
    } else {
      return refuse_word(argument, "INode, MTime, Size, Digest, All or None");
    }
  }
  return parts;
}

}  // namespace forkloom::config
