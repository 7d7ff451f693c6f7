#include "config/modules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/letters.h"

namespace forkloom::config {
namespace {

constexpr std::array<std::string_view, 24> kBuiltIn = {
    "alias",    "authz_core", "authz_host",  "autoindex", "core",       "dir",
    "env",      "expires",    "headers",     "http",      "log_config", "logio",
    "mime",     "mpm_event",  "mpm_prefork", "mpm_winnt", "mpm_worker", "reqtimeout",
    "setenvif", "so",         "systemd",     "unixd",     "version",    "wsgi"};

constexpr std::pair<std::string_view, std::string_view> kPurposes[] = {
    {"access_compat", "Order, Allow and Deny (write Require)"},
    {"actions", "scripts by media type"},
    {"auth_basic", "passwords asked for by the server"},
    {"auth_digest", "passwords asked for by the server"},
    {"authn_core", "passwords asked for by the server"},
    {"authn_file", "passwords asked for by the server"},
    {"authz_user", "rules about users"},
    {"authz_groupfile", "rules about groups of users"},
    {"brotli", "compression of answers"},
    {"cache", "a cache of answers"},
    {"cgi", "CGI scripts"},
    {"cgid", "CGI scripts"},
    {"dav", "WebDAV"},
    {"deflate", "compression of answers"},
    {"filter", "output filters"},
    {"http2", "HTTP/2"},
    {"include", "server-side includes"},
    {"info", "the page of the configuration"},
    {"ldap", "LDAP"},
    {"lua", "Lua scripts"},
    {"macro", "macros"},
    {"md", "certificates by ACME"},
    {"negotiation", "content negotiation"},
    {"php", "PHP"},
    {"proxy", "proxying to other servers"},
    {"proxy_http", "proxying to other servers"},
    {"proxy_wstunnel", "proxying to other servers"},
    {"remoteip", "client addresses from proxies (write WSGITrustedProxies)"},
    {"rewrite", "rewriting of URLs"},
    {"session", "sessions kept by the server"},
    {"ssl", "encrypted connections"},
    {"status", "the page of the server's state"},
    {"userdir", "folders of the machine's users"},
    {"vhost_alias", "folders by host name"},
};

// "mod_alias.c" and "alias_module" to "alias", "prefork.c" to "mpm_prefork".
std::string bare(std::string_view name) {
  std::string text = lower(name);
  if (text.ends_with(".c")) text.resize(text.size() - 2);
  if (text.starts_with("mod_")) text.erase(0, 4);
  if (text.ends_with("_module")) text.resize(text.size() - 7);
  const bool is_model = text == "prefork" || text == "worker" || text == "event" || text == "winnt";
  if (is_model) text.insert(0, "mpm_");
  return text == "http_core" ? "core" : text;
}

}  // namespace

bool is_built_in(std::string_view name) {
  return std::find(kBuiltIn.begin(), kBuiltIn.end(), bare(name)) != kBuiltIn.end();
}

std::optional<Model> model_of_module(std::string_view name) {
  const std::string module = bare(name);
  if (module == "mpm_prefork") return Model::kPrefork;
  if (module == "mpm_worker" || module == "mpm_event") return Model::kWorker;
  if (module == "mpm_winnt") return Model::kWinnt;
  return std::nullopt;
}

std::string_view purpose_of(std::string_view name) {
  const std::string module = bare(name);
  for (const auto& [known, purpose] : kPurposes) {
    if (known == module) return purpose;
  }
  return "what it does";
}

}  // namespace forkloom::config
