#include "config/header_edit.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/environment.h"
#include "config/letters.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

constexpr const char* kForm =
    "write Header [always] set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]";

using Action = HeaderEdit::Action;
constexpr auto kActions =
    std::to_array<std::pair<std::string_view, Action>>({{"set", Action::kSet},
                                                        {"append", Action::kAppend},
                                                        {"add", Action::kAdd},
                                                        {"merge", Action::kMerge},
                                                        {"setifempty", Action::kSetIfEmpty},
                                                        {"unset", Action::kUnset}});

// Token of RFC 9110 section 5.6.2.
bool is_field_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

// %%, %t, %D, %{NAME}e and %{NAME}i.
Checked<void> check_value(std::string_view value) {
  for (std::size_t at = value.find('%'); at != std::string_view::npos; at = value.find('%', at)) {
    std::string_view rest = value.substr(at + 1);
    bool is_known = rest.starts_with('%') || rest.starts_with('t') || rest.starts_with('D');
    std::size_t size = 2;
    if (rest.starts_with('{')) {
      const std::size_t end = rest.find('}');
      is_known = end != std::string_view::npos && end > 1 && end + 1 < rest.size() &&
                 (rest[end + 1] == 'e' || rest[end + 1] == 'i');
      size = end + 3;
    }
    if (!is_known) {
      return refuse(fmt::format("'%{}' is not supported in a value", rest.substr(0, 12)),
                    "write %{NAME}e, %{NAME}i, %t, %D, or %% for a percent sign");
    }
    at += size;
  }
  const bool has_control =
      std::any_of(value.begin(), value.end(), [](char c) { return is_control(c) && c != '\t'; });
  if (has_control) return refuse("the value has a control character", "remove it");
  return {};
}

}  // namespace

Checked<HeaderEdit> read_header_edit(std::span<const std::string> arguments) {
  HeaderEdit edit;
  const std::string first = lower(arguments[0]);
  if (first == "always" || first == "onsuccess") {
    edit.is_always = first == "always";
    arguments = arguments.subspan(1);
  }
  if (arguments.size() < 2) return refuse("it needs an action and a field's name", kForm);
  const std::string word = lower(arguments[0]);
  const auto action = find_word(word, kActions);
  if (!action) {
    const bool is_known = word == "edit" || word == "edit*" || word == "echo" || word == "note";
    return refuse(is_known ? fmt::format("'{}' is not supported", word)
                           : fmt::format("'{}' is not an action", arguments[0]),
                  kForm);
  }
  edit.action = *action;
  edit.name = arguments[1];
  if (edit.name.ends_with(':')) edit.name.pop_back();
  if (!is_field_name(edit.name)) {
    return refuse(fmt::format("'{}' is not a field's name", edit.name), kForm);
  }
  arguments = arguments.subspan(2);
  if (*action != Action::kUnset) {
    if (arguments.empty()) return refuse(fmt::format("'{}' has no value", edit.name), kForm);
    if (auto checked = check_value(arguments[0]); !checked) return refuse(checked.error());
    edit.value = arguments[0];
    arguments = arguments.subspan(1);
  }
  if (arguments.empty()) return edit;
  if (arguments.size() > 1 || !lower(arguments[0]).starts_with("env=")) {
    return refuse(fmt::format("'{}' is not a condition", arguments[0]), kForm);
  }
  auto test = read_variable_test(arguments[0]);
  if (!test) return refuse(std::move(test.error()));
  edit.variable = std::move(test->name);
  edit.wants_variable = test->wants_variable;
  return edit;
}

}  // namespace forkloom::config
