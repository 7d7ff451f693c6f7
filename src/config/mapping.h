#pragma once

// What URLs are mapped to: the arguments of Alias, WSGIScriptAlias and ForkloomApplication, and of
// Redirect and ErrorDocument. Nothing here looks for files or modules. Pure functions, safe from
// any thread.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"
#include "config/scope.h"
#include "config/site.h"

namespace forkloom::config {

enum class UrlForm : std::uint8_t { kPrefix, kPattern };

// Alias, AliasMatch: URL PATH.
Checked<Mapping> read_alias(std::span<const std::string> arguments, UrlForm form,
                            const Scope& scope);
// WSGIScriptAlias, WSGIScriptAliasMatch: URL PATH [process-group=] [application-group=]
// [callable-object=NAME] [pass-authorization=On|Off]. NAME may end with "()", which makes it a
// factory; mod_wsgi has no such form.
Checked<Mapping> read_script_alias(std::span<const std::string> arguments, UrlForm form,
                                   const Scope& scope);
// ForkloomApplication: URL MODULE[:CALLABLE|:FACTORY()].
Checked<Mapping> read_module_alias(std::span<const std::string> arguments);

// A callable's name; "create_app()" is a factory's.
struct Callable {
  std::string name;
  bool is_factory = false;
};
Checked<Callable> read_callable(std::string_view text);

// Redirect: [STATUS] URL-PATH URL; RedirectMatch: [STATUS] PATTERN URL. In a section that has a
// path of its own, Redirect may leave the URL-PATH out. `fixed` is the status of a form that takes
// none; of the others it is 302 where none is written.
Checked<Redirect> read_redirect(std::span<const std::string> arguments, UrlForm form,
                                std::optional<int> fixed, const Section* section);

struct StatusDocument {
  int status = 0;
  ErrorDocument document;
};
// ErrorDocument: STATUS TEXT|/PATH|URL|default.
Checked<StatusDocument> read_error_document(std::span<const std::string> arguments);

}  // namespace forkloom::config
