// What URLs lead to.

#include <optional>
#include <utility>

#include "config/directives.h"
#include "config/mapping.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

void add_mapping(Mapping mapping, const Scope& scope) {
  mapping.origin = scope.statement.origin;
  if (!mapping.process_group.empty()) scope.note_unbuilt("daemon process groups");
  if (!mapping.application_group.value_or("").empty()) {
    scope.note_unbuilt("interpreters of an application's own");
  }
  scope.host.mappings.push_back(std::move(mapping));
}

template <UrlForm kForm>
Checked<void> store_alias(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_alias(arguments, kForm, scope).map([&](Mapping&& mapping) {
    add_mapping(std::move(mapping), scope);
  });
}

template <UrlForm kForm>
Checked<void> store_script_alias(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_script_alias(arguments, kForm, scope).map([&](Mapping&& mapping) {
    add_mapping(std::move(mapping), scope);
  });
}

Checked<void> store_module_alias(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_module_alias(arguments).map(
      [&](Mapping&& mapping) { add_mapping(std::move(mapping), scope); });
}

template <UrlForm kForm, int kFixedStatus = 0>
Checked<void> store_redirect(const Directive&, const Arguments& arguments, const Scope& scope) {
  constexpr auto kFixed = kFixedStatus == 0 ? std::nullopt : std::optional<int>(kFixedStatus);
  return read_redirect(arguments, kForm, kFixed, scope.section).map([&](Redirect&& redirect) {
    scope.paths.redirects.push_back(std::move(redirect));
  });
}

constexpr Directive kRows[] = {
    {.name = "DocumentRoot",
     .contexts = kHosts,
     .help = "The folder whose files answer what no alias does; nothing does where it is absent.",
     .storage = path<&Host::document_root>()},
    {.name = "Alias",
     .contexts = kHosts,
     .arity = {2, 2},
     .arguments_usage = "URL-PATH PATH",
     .help = "Files below PATH answer URLs below URL-PATH. A virtual host's come before the main "
             "server's, and the first that fits counts; aliases of applications come after these.",
     .is_repeatable = true,
     .storage = {.store = store_alias<UrlForm::kPrefix>}},
    {.name = "AliasMatch",
     .contexts = kHosts,
     .arity = {2, 2},
     .arguments_usage = "PATTERN PATH",
     .help = "The same by a regular expression; $1 to $9 of PATH are its groups.",
     .is_repeatable = true,
     .storage = {.store = store_alias<UrlForm::kPattern>}},
    {.name = "WSGIScriptAlias",
     .contexts = kHosts,
     .arity = {2, 6},
     .arguments_usage = "URL-PATH PATH [process-group=NAME] [application-group=NAME] "
                        "[callable-object=NAME] [pass-authorization=On|Off]",
     .help = "The WSGI application of a script file answers URLs below URL-PATH. Where both end "
             "with /, PATH is a folder of scripts.",
     .is_repeatable = true,
     .storage = {.store = store_script_alias<UrlForm::kPrefix>}},
    {.name = "WSGIScriptAliasMatch",
     .contexts = kHosts,
     .arity = {2, 6},
     .arguments_usage = "PATTERN PATH [OPTION...]",
     .help = "The same by a regular expression; $1 to $9 of PATH are its groups.",
     .is_repeatable = true,
     .storage = {.store = store_script_alias<UrlForm::kPattern>}},
    {.name = "ForkloomApplication",
     .contexts = kHosts,
     .arity = {2, 2},
     .arguments_usage = "URL-PATH MODULE[:CALLABLE|:FACTORY()]",
     .help = "The WSGI application of an importable module answers URLs below URL-PATH.",
     .is_repeatable = true,
     .storage = {.store = store_module_alias}},
    {.name = "Redirect",
     .contexts = kAnywhere,
     .arity = {1, 3},
     .arguments_usage = "[STATUS|permanent|temp|seeother|gone] URL-PATH URL",
     .help = "Sends clients elsewhere; what follows URL-PATH is appended. 302 where no status is "
             "given. Redirections come before aliases.",
     .is_repeatable = true,
     .storage = {.store = store_redirect<UrlForm::kPrefix>}},
    {.name = "RedirectMatch",
     .contexts = kAnywhere,
     .arity = {1, 3},
     .arguments_usage = "[STATUS|permanent|temp|seeother|gone] PATTERN URL",
     .help = "The same by a regular expression; $1 to $9 of URL are its groups.",
     .is_repeatable = true,
     .storage = {.store = store_redirect<UrlForm::kPattern>}},
    {.name = "RedirectTemp",
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "URL-PATH URL",
     .help = "Redirect with status 302.",
     .is_repeatable = true,
     .storage = {.store = store_redirect<UrlForm::kPrefix, 302>}},
    {.name = "RedirectPermanent",
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "URL-PATH URL",
     .help = "Redirect with status 301.",
     .is_repeatable = true,
     .storage = {.store = store_redirect<UrlForm::kPrefix, 301>}},
};

}  // namespace

std::span<const Directive> mapping_directives() { return kRows; }

}  // namespace forkloom::config
