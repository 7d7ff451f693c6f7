#include "config/unknown.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "config/apache_names.h"
#include "config/directives.h"
#include "config/letters.h"
#include "config/modules.h"
#include "config/nearest.h"

namespace forkloom::config {
namespace {

constexpr auto kRemedies = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"order", "write Require all granted or Require all denied"},
     {"allow", "write Require all granted or Require ip NETWORK"},
     {"deny", "write Require all denied"},
     {"satisfy", "write Require"},
     {"if", "write <Location>, <Files> or SetEnvIf"},
     {"elseif", "write <Location>, <Files> or SetEnvIf"},
     {"else", "write <Location>, <Files> or SetEnvIf"},
     {"requireany", "write its Require lines without the section: any of them grants"},
     {"requireall", "write one Require that says it all"},
     {"requirenone", "write Require ip for those who may"},
     {"scriptalias", "write WSGIScriptAlias for a WSGI application; CGI scripts are not run"},
     {"sethandler", "write WSGIScriptAlias for a WSGI application"},
     {"addhandler", "write WSGIScriptAlias for a WSGI application"},
     {"rewriteengine", "write Redirect, RedirectMatch or AliasMatch where that is enough"},
     {"rewriterule", "write Redirect, RedirectMatch or AliasMatch where that is enough"},
     {"rewritecond", "write Redirect, RedirectMatch or AliasMatch where that is enough"},
     {"sslengine", "put a server that speaks TLS before this one, and WSGITrustedProxies here"},
     {"remoteipheader", "write WSGITrustedProxyHeaders"},
     {"remoteipinternalproxy", "write WSGITrustedProxies"},
     {"remoteiptrustedproxy", "write WSGITrustedProxies"},
     {"transferlog", "write CustomLog"},
     {"requestheader", "write SetEnv for what applications are to see"}});

std::string remedy_for(std::string_view name, std::string_view module) {
  const std::string wanted = lower(name);
  for (const auto& [known, remedy] : kRemedies) {
    if (known == wanted) return std::string(remedy);
  }
  const std::string_view purpose = purpose_of(module);
  return purpose == purpose_of("") ? std::string("remove the line")
                                   : fmt::format("remove the line: Forkloom lacks {}", purpose);
}

}  // namespace

Fault unknown_directive(std::string_view name, bool is_section) {
  const std::string_view module = apache_module_of(name);
  const char* what = is_section ? "section" : "directive";
  if (!module.empty()) {
    const std::string owner = module == "core" ? "httpd" : fmt::format("httpd's {}", module);
    return {fmt::format("{} has this {}, Forkloom does not", owner, what),
            remedy_for(name, module)};
  }
  const std::string_view nearest = nearest_directive(name);
  const bool is_of_section = !nearest.empty() && find_directive(nearest)->kind == Kind::kSection;
  return {fmt::format("there is no such {}", what),
          nearest.empty() ? "remove the line"
          : is_of_section ? fmt::format("write <{}> if that is meant", nearest)
                          : fmt::format("write {} if that is meant", nearest)};
}

}  // namespace forkloom::config
