#include "routing/environment.h"

#include <algorithm>

#include "routing/field_value.h"

namespace forkloom::routing {
namespace {

using Rule = config::EnvironmentRule;
using Subject = Rule::Subject;

bool is_conditional(const Rule& rule) { return rule.subject != Subject::kAlways; }

}  // namespace

bool has_conditions(std::span<const Rule> rules) {
  return std::any_of(rules.begin(), rules.end(), is_conditional);
}

std::vector<app::Variable> fixed_variables(std::span<const Rule> rules) {
  std::vector<app::Variable> variables;
  for (const Rule& rule : rules) {
    if (is_conditional(rule)) continue;
    for (const Rule::Action& action : rule.actions) {
      std::erase_if(variables, [&](const auto& known) { return known.name == action.variable; });
      if (action.value) variables.push_back({action.variable, *action.value});
    }
  }
  return variables;
}

std::span<const app::Variable> RequestVariables::evaluate(std::span<const Rule> rules,
                                                          const EnvironmentSubject& subject) {
  size_ = 0;
  for (const Rule& rule : rules) {
    if (!is_conditional(rule) || !matches(rule, subject)) continue;
    for (const Rule::Action& action : rule.actions) apply(action, rule.pattern.has_value());
  }
  for (const Rule& rule : rules) {
    if (is_conditional(rule)) continue;
    for (const Rule::Action& action : rule.actions) apply(action, false);
  }
  return {variables_.data(), size_};
}

bool RequestVariables::matches(const Rule& rule, const EnvironmentSubject& subject) {
  return !rule.pattern || rule.pattern->matches(value_of(rule, subject), groups_);
}

std::string_view RequestVariables::value_of(const Rule& rule, const EnvironmentSubject& subject) {
  switch (rule.subject) {
    case Subject::kAlways:
      return {};
    case Subject::kField:
      return field_or_variable(rule, subject.request);
    case Subject::kRemoteHost:
      return subject.remote_address;
    case Subject::kServerAddress:
      return subject.peer.is_unix ? std::string_view() : subject.peer.local_address;
    case Subject::kMethod:
      return subject.request.method;
    case Subject::kProtocol:
      return subject.request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1";
    case Subject::kUri:
      return subject.path;
  }
  return {};
}

// A name that is no field's of this request may be an earlier variable's, as in Apache.
std::string_view RequestVariables::field_or_variable(const Rule& rule,
                                                     const http::Request& request) {
  if (const auto value = field_value(request.fields, rule.name, text_)) return *value;
  return variable(rule.name);
}

// Copied, since the rule's actions may change the variable that its groups point into.
std::string_view RequestVariables::variable(std::string_view name) {
  const app::Variable* found = find(name);
  if (found == nullptr) return {};
  text_ = found->value;
  return text_;
}

void RequestVariables::apply(const Rule::Action& action, bool has_groups) {
  app::Variable* found = find(action.variable);
  if (!action.value) {
    if (found == nullptr) return;
    const auto at = variables_.begin() + (found - variables_.data());
    std::rotate(at, at + 1, variables_.begin() + static_cast<std::ptrdiff_t>(size_));
    --size_;
    return;
  }
  if (found == nullptr) {
    if (size_ == variables_.size()) variables_.emplace_back();
    found = &variables_[size_++];
    found->name = action.variable;
  }
  if (has_groups && action.value->find('$') != std::string::npos) {
    found->value = substitute(*action.value, groups_);
  } else {
    found->value = *action.value;
  }
}

app::Variable* RequestVariables::find(std::string_view name) {
  const auto end = variables_.begin() + static_cast<std::ptrdiff_t>(size_);
  const auto found = std::find_if(variables_.begin(), end,
                                  [&](const app::Variable& known) { return known.name == name; });
  return found == end ? nullptr : &*found;
}

}  // namespace forkloom::routing
