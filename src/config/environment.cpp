#include "config/environment.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/patterns.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

using Subject = EnvironmentRule::Subject;

constexpr auto kAttributes =
    std::to_array<std::pair<std::string_view, Subject>>({{"Remote_Host", Subject::kRemoteHost},
                                                         {"Remote_Addr", Subject::kRemoteHost},
                                                         {"Server_Addr", Subject::kServerAddress},
                                                         {"Request_Method", Subject::kMethod},
                                                         {"Request_Protocol", Subject::kProtocol},
                                                         {"Request_URI", Subject::kUri}});

Checked<EnvironmentRule::Action> read_action(std::string_view text) {
  EnvironmentRule::Action action;
  const bool is_removal = text.starts_with('!');
  if (is_removal) text.remove_prefix(1);
  const std::size_t equals = is_removal ? std::string_view::npos : text.find('=');
  auto name = read_variable_name(text.substr(0, equals));
  if (!name) return refuse(std::move(name.error()));
  action.variable = std::move(*name);
  if (!is_removal) {
    action.value = equals == std::string_view::npos ? "1" : std::string(text.substr(equals + 1));
  }
  return action;
}

}  // namespace

Checked<std::string> read_variable_name(std::string_view text) {
  const bool is_bad = std::any_of(text.begin(), text.end(),
                                  [](char c) { return c == '=' || is_blank(c) || is_control(c); });
  if (text.empty() || is_bad) {
    return refuse(fmt::format("'{}' is not a variable's name", text),
                  "write a name like STAGE, without = and blanks");
  }
  return std::string(text);
}

Checked<VariableTest> read_variable_test(std::string_view text) {
  VariableTest test;
  text.remove_prefix(std::min<std::size_t>(4, text.size()));
  test.wants_variable = !text.starts_with('!');
  if (!test.wants_variable) text.remove_prefix(1);
  auto name = read_variable_name(text);
  if (!name) return refuse(std::move(name.error().problem), "write env=NAME or env=!NAME");
  test.name = std::move(*name);
  return test;
}

Checked<EnvironmentRule> read_condition(std::span<const std::string> arguments,
                                        Pattern::Case letter_case) {
  EnvironmentRule rule;
  const std::string& attribute = arguments[0];
  if (attribute.empty()) {
    return refuse("it names nothing to look at", "write a field like User-Agent, or Request_URI");
  }
  if (const auto known = find_word(attribute, kAttributes)) {
    rule.subject = *known;
  } else {
    rule.subject = Subject::kField;
    rule.name = attribute;
  }
  auto pattern = read_pattern(arguments[1], letter_case);
  if (!pattern) return refuse(std::move(pattern.error()));
  rule.pattern = std::move(*pattern);
  for (const std::string& text : arguments.subspan(2)) {
    auto action = read_action(text);
    if (!action) return refuse(std::move(action.error()));
    rule.actions.push_back(std::move(*action));
  }
  return rule;
}

}  // namespace forkloom::config
