#pragma once

// SetEnvIf and its kin, SetEnv, UnsetEnv and PassEnv: rules to variables. As in Apache the
// conditional ones come first, in their order, and see none of SetEnv's variables; what is
// unconditional then overrides them.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "base/pattern.h"
#include "config/site.h"
#include "http/request.h"

namespace forkloom::routing {

// Whether the variables depend on the request. Where not, fixed_variables() are those of every
// request.
bool has_conditions(std::span<const config::EnvironmentRule> rules);

// What the unconditional rules set. No two of one name.
std::vector<app::Variable> fixed_variables(std::span<const config::EnvironmentRule> rules);

// What rules may ask of a request.
struct EnvironmentSubject {
  const http::Request& request;
  const app::Peer& peer;
  std::string_view remote_address;  // after proxies that are trusted
  std::string_view path;            // as received
};

// Variables of one request at a time. Used by one thread at a time; reused, so that little is
// allocated once the buffers have grown.
class RequestVariables {
 public:
  // All that the rules set, no two of one name. Lives until the next call.
  std::span<const app::Variable> evaluate(std::span<const config::EnvironmentRule> rules,
                                          const EnvironmentSubject& subject);

 private:
  using Rule = config::EnvironmentRule;

  bool matches(const Rule& rule, const EnvironmentSubject& subject);
  std::string_view value_of(const Rule& rule, const EnvironmentSubject& subject);
  std::string_view field_or_variable(const Rule& rule, const http::Request& request);
  std::string_view variable(std::string_view name);
  void apply(const Rule::Action& action, bool has_groups);
  app::Variable* find(std::string_view name);

  // The first size_ count; those after them are kept for their memory.
  std::vector<app::Variable> variables_;
  std::size_t size_ = 0;
  std::string text_;  // a subject that is no part of the request as received
  Pattern::Groups groups_;
};

}  // namespace forkloom::routing
