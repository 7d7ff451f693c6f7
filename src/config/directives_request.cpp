// What requests carry and answers get.

#include <cstdlib>
#include <limits>
#include <utility>

#include "config/directives.h"
#include "config/environment.h"
#include "config/header_edit.h"
#include "config/mapping.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

constexpr std::uint64_t kMaxInt64 = std::numeric_limits<std::int64_t>::max();

void add_action(EnvironmentRule::Action action, const Scope& scope) {
  EnvironmentRule rule;
  rule.actions.push_back(std::move(action));
  scope.paths.environment.push_back(std::move(rule));
}

Checked<void> store_set(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_variable_name(arguments[0]).map([&](std::string&& name) {
    add_action({std::move(name), arguments.size() == 2 ? arguments[1] : std::string()}, scope);
  });
}

Checked<void> store_unset(const Directive&, const Arguments& arguments, const Scope& scope) {
  for (const std::string& argument : arguments) {
    auto name = read_variable_name(argument);
    if (!name) return refuse(std::move(name.error()));
    add_action({std::move(*name), std::nullopt}, scope);
  }
  return {};
}

Checked<void> store_pass(const Directive&, const Arguments& arguments, const Scope& scope) {
  for (const std::string& argument : arguments) {
    auto name = read_variable_name(argument);
    if (!name) return refuse(std::move(name.error()));
    const char* value = std::getenv(name->c_str());
    if (value == nullptr) {
      scope.warn({"the server's environment has no " + *name, "set it, or remove the line"});
      continue;
    }
    add_action({std::move(*name), std::string(value)}, scope);
  }
  return {};
}

Checked<void> add_condition(const Arguments& arguments, Pattern::Case letter_case,
                            const Scope& scope) {
  return read_condition(arguments, letter_case).map([&](EnvironmentRule&& rule) {
    scope.paths.environment.push_back(std::move(rule));
  });
}

template <Pattern::Case kCase>
Checked<void> store_condition(const Directive&, const Arguments& arguments, const Scope& scope) {
  return add_condition(arguments, kCase, scope);
}

template <Pattern::Case kCase>
Checked<void> store_browser(const Directive&, const Arguments& arguments, const Scope& scope) {
  Arguments all = {"User-Agent"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return add_condition(all, kCase, scope);
}

Checked<void> store_header(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_header_edit(arguments).map(
      [&](HeaderEdit&& edit) { scope.paths.headers.push_back(std::move(edit)); });
}

Checked<void> store_error_document(const Directive&, const Arguments& arguments,
                                   const Scope& scope) {
  return read_error_document(arguments).map([&](StatusDocument&& read) {
    scope.paths.error_documents.insert_or_assign(read.status, std::move(read.document));
  });
}

constexpr Directive kRows[] = {
    {.name = "LimitRequestBody",
     .contexts = kAnywhere,
     .default_text = "1073741824",
     .range = {0, kMaxInt64},
     .unit = "bytes",
     .help = "Largest request body; 0 for no limit.",
     .storage = number<&PathSettings::limit_request_body>()},
    {.name = "ErrorDocument",
     .contexts = kAnywhere,
     .arity = {2, 2},
     .arguments_usage = "STATUS TEXT|/URL-PATH|URL|default",
     .help = "What the server answers instead of its own words: a text, what that path of this "
             "host answers, or a redirection. An application's own answers stay as they are.",
     .is_repeatable = true,
     .storage = {.store = store_error_document}},
    {.name = "SetEnv",
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "NAME [VALUE]",
     .help = "A variable that applications find in their environ.",
     .is_repeatable = true,
     .storage = {.store = store_set}},
    {.name = "UnsetEnv",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "NAME...",
     .help = "Takes variables away.",
     .is_repeatable = true,
     .storage = {.store = store_unset}},
    {.name = "PassEnv",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "NAME...",
     .help = "Variables of the server's own environment.",
     .is_repeatable = true,
     .storage = {.store = store_pass}},
    {.name = "SetEnvIf",
     .contexts = kAnywhere,
     .arity = {3, kAnyCount},
     .arguments_usage = "FIELD|Remote_Addr|Server_Addr|Request_Method|Request_Protocol|Request_URI"
                        "|VARIABLE PATTERN [!]NAME[=VALUE]...",
     .help = "Sets or removes variables where the pattern matches; $1 to $9 of a value are its "
             "groups.",
     .is_repeatable = true,
     .storage = {.store = store_condition<Pattern::Case::kSensitive>}},
    {.name = "SetEnvIfNoCase",
     .contexts = kAnywhere,
     .arity = {3, kAnyCount},
     .arguments_usage = "SUBJECT PATTERN [!]NAME[=VALUE]...",
     .help = "SetEnvIf without regard to letter case.",
     .is_repeatable = true,
     .storage = {.store = store_condition<Pattern::Case::kIgnored>}},
    {.name = "BrowserMatch",
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .arguments_usage = "PATTERN [!]NAME[=VALUE]...",
     .help = "SetEnvIf User-Agent.",
     .is_repeatable = true,
     .storage = {.store = store_browser<Pattern::Case::kSensitive>}},
    {.name = "BrowserMatchNoCase",
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .arguments_usage = "PATTERN [!]NAME[=VALUE]...",
     .help = "SetEnvIfNoCase User-Agent.",
     .is_repeatable = true,
     .storage = {.store = store_browser<Pattern::Case::kIgnored>}},
    {.name = "Header",
     .contexts = kAnywhere,
     .arity = {2, 5},
     .arguments_usage = "[onsuccess|always] set|append|add|merge|setifempty|unset NAME [VALUE] "
                        "[env=[!]VARIABLE]",
     .help = "Changes the fields of answers; with always those of the server's own errors too. A "
             "value may hold %{VARIABLE}e, %{FIELD}i, %t, %D and %%.",
     .is_repeatable = true,
     .storage = {.store = store_header}},
};

}  // namespace

std::span<const Directive> request_directives() { return kRows; }

}  // namespace forkloom::config
