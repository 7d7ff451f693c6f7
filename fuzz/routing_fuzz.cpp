// A path that was read leads somewhere sane: its parts make up the path, nothing climbs out of a
// folder, a Location is printable, and what is denied is never given.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/path.h"
#include "routing/test_site.h"

namespace {

using namespace forkloom;
using Kind = config::Section::Kind;
using routing::Route;

config::Settings site() {
  using namespace routing;
  config::Settings settings;
  config::Host& main = settings.main;
  main.document_root = "/srv/www";
  main.mappings = {
      alias("/static", "/srv/static"),
      alias("/s/", "/srv/static/"),
      alias("/i/", "/srv/icons"),
      match(alias("^/~([^/]*)(/.*)?$", "/home/$1/public$2")),
      match(alias("^/c(.)(.)(.*)", "/srv/c$2/$1/$3")),
      script("/run/", "/etc/"),
      match(script("^/m/([^/]*)", "/etc/$1")),
      match(script("^/w/(.)(.*)", "/etc/$2/$1")),
      script("/app", "/srv/app.wsgi"),
      module("/mod", "package.module"),
      match(module("^/n[0-9]", "numbered")),
  };
  main.paths.redirects = {redirect_to("/old", "https://new.org/x"), redirect_to("/home/", "/~")};
  config::Redirect by_pattern = redirect_to("", "/new/$2?from=$1");
  by_pattern.pattern = pattern("^/r/([^/]*)/(.*)");
  main.paths.redirects.push_back(by_pattern);

  config::Section denied = section(Kind::kLocation, "/app/private", "");
  denied.settings.require = {{.kind = config::Requirement::Kind::kDenied, .networks = {}}};
  config::Section folder = denied;
  folder.kind = Kind::kDirectory;
  folder.path = "/srv/static/private";
  config::Section files = denied;
  files.kind = Kind::kFiles;
  files.path = ".ht*";
  main.sections = {denied,
                   folder,
                   files,
                   section(Kind::kDirectory, "/home/*/public", "home"),
                   section(Kind::kDirectoryMatch, "x+/", "match"),
                   section(Kind::kLocation, "/[a-c]*/?", "wild")};
  settings.virtual_hosts.resize(2);
  settings.virtual_hosts[0].encoded_slashes = config::EncodedSlashes::kDecode;
  settings.virtual_hosts[1].encoded_slashes = config::EncodedSlashes::kKeep;
  return settings;
}

void expect(bool is_true) {
  if (!is_true) std::abort();
}

bool climbs(const std::string& path) {
  return ("/" + path + "/").find("/../") != std::string::npos;
}

void check_file(const Route& route) {
  expect(route.root.starts_with('/') && !climbs(route.relative));
  expect(!route.relative.starts_with('/') && route.relative.find("//") == std::string::npos);
  const std::string file = route.root + "/" + route.relative;
  expect(!file.starts_with("/srv/static/private/"));
  expect(!std::string_view(file).substr(file.rfind('/') + 1).starts_with(".ht"));
}

void check_location(const Route& route) {
  expect(route.status >= 300 && route.status < 400 && !route.location.empty());
  for (const char c : route.location) expect(c > ' ' && c < 0x7f);
}

void check(const routing::Router& router, const Route& route, const std::string& given) {
  const std::string& path = route.kept_path.empty() ? given : route.kept_path;
  expect(route.place != nullptr && &router.place(route.place->number) == route.place);
  expect(route.script_name_size <= path.size());
  const std::string_view path_info = std::string_view(path).substr(route.script_name_size);
  switch (route.kind) {
    case Route::Kind::kFile:
      expect(path_info.empty());
      check_file(route);
      break;
    case Route::Kind::kScript:
      expect(route.script_path.starts_with('/') && !climbs(route.script_path));
      [[fallthrough]];
    case Route::Kind::kModule:
      expect(route.mapping != nullptr && (path_info.empty() || path_info.front() == '/'));
      expect(!(path + "/").starts_with("/app/private/"));
      break;
    case Route::Kind::kRedirect:
      check_location(route);
      break;
    case Route::Kind::kRefused:
      expect(route.status >= 400 && !route.why.empty());
      break;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static routing::Router router(site());
  static Route route;
  const std::string encoded = "/" + std::string(reinterpret_cast<const char*>(bytes), size);
  if (encoded.find('\0') != std::string::npos) return 0;  // no target that was read has one
  std::string path;
  if (!http::decode_path(encoded, path)) return 0;
  for (std::size_t host = 0; host < router.host_count(); ++host) {
    router.route(host, encoded, path, "a=b", "192.0.2.7", route);
    check(router, route, path);
  }
  return 0;
}
