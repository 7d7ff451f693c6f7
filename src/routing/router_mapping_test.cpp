#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "routing/test_site.h"

namespace forkloom::routing {
namespace {

// Which thing answers, in a line.
std::string describe(const Route& route, const std::string& target) {
  std::string path;
  http::decode_path(target, path);
  const std::string script_name = path.substr(0, route.script_name_size);
  const std::string path_info = path.substr(route.script_name_size);
  switch (route.kind) {
    case Route::Kind::kFile:
      EXPECT_EQ(path_info, "");
      return fmt::format("file {}|{}", route.root, route.relative);
    case Route::Kind::kScript:
      return fmt::format("script {} {}|{}", route.script_path, script_name, path_info);
    case Route::Kind::kModule:
      return fmt::format("module {} {}|{}", route.mapping->target, script_name, path_info);
    case Route::Kind::kRedirect:
      return fmt::format("{} {}", route.status, route.location);
    case Route::Kind::kRefused:
      return fmt::format("{}", route.status);
  }
  return "";
}

config::Settings site() {
  config::Settings settings;
  settings.main.document_root = "/srv/www";
  settings.main.mappings = {
      alias("/static", "/srv/static"),
      alias("/assets/", "/srv/./assets//"),
      alias("/slashed", "/srv/slashed/"),
      alias("/icons/", "/usr/share/icons"),
      alias("/favicon.ico", "/srv/static/favicon.ico"),
      alias("/static/never", "/srv/hidden"),
      match(alias("^/user/([a-z]+)(/.*)?$", "/home/$1/public$2")),
      match(alias("^/one/.*", "/srv/one.html")),
      match(alias("^/cut/(.)(.*)", "/srv/cut/$1/$2")),
      match(alias("^/join/(\\.)(\\.)", "/srv/join/$2$1/up")),
      script("/app", "/srv/app.wsgi"),
      script("/slash/", "/srv/slash.wsgi"),
      module("/mod", "package.module"),
      module("/mod/deep", "never"),
      match(module("^/any[0-9]", "numbered")),
  };
  return settings;
}

TEST(RouterMapping, EachPathHasItsPlace) {
  const struct {
    const char* target;
    const char* expected;
  } cases[] = {
      {"/", "file /srv/www|"},
      {"/index.html", "file /srv/www|index.html"},
      {"/a/b/", "file /srv/www|a/b/"},
      {"//a//b", "file /srv/www|a/b"},
      {"/a/../b", "file /srv/www|b"},
      {"/%61", "file /srv/www|a"},
      {"/a%20b", "file /srv/www|a b"},
      {"/..a/b..", "file /srv/www|..a/b.."},
      {"/static", "file /srv/static|"},
      {"/static/", "file /srv/static|"},
      {"/static/x", "file /srv/static|x"},
      {"/static/x/y/", "file /srv/static|x/y/"},
      {"/static//x", "file /srv/static|x"},
      {"/staticx", "file /srv/www|staticx"},
      {"/Static/x", "file /srv/www|Static/x"},
      {"/static/never/x", "file /srv/static|never/x"},
      {"/static/../app", "script /srv/app.wsgi /app|"},
      {"/assets", "file /srv/www|assets"},
      {"/assets/", "file /srv/assets|"},
      {"/assets/a.css", "file /srv/assets|a.css"},
      {"/assets/a/b", "file /srv/assets|a/b"},
      {"/slashed/x", "file /srv/slashed|x"},
      {"/slashed", "file /srv/slashed|"},
      {"/icons/a.png", "file /usr/share/iconsa.png|"},
      {"/icons/a/b.png", "file /usr/share/iconsa|b.png"},
      {"/favicon.ico", "file /srv/static/favicon.ico|"},
      {"/favicon.ico/x", "file /srv/static/favicon.ico|x"},
      {"/user/ada", "file /home|ada/public"},
      {"/user/ada/", "file /home|ada/public/"},
      {"/user/ada/x/y", "file /home|ada/public/x/y"},
      {"/user/Ada/x", "file /srv/www|user/Ada/x"},
      {"/one/two/three", "file /srv/one.html|"},
      {"/cut/ab", "file /srv/cut|a/b"},
      {"/cut/a/b", "file /srv/cut|a/b"},
      {"/cut/...", "404"},
      {"/join/..x", "404"},
      {"/app", "script /srv/app.wsgi /app|"},
      {"/app/", "script /srv/app.wsgi /app|/"},
      {"/app/x/y", "script /srv/app.wsgi /app|/x/y"},
      {"/app%2e/x", "file /srv/www|app./x"},
      {"/application", "file /srv/www|application"},
      {"/slash", "file /srv/www|slash"},
      {"/slash/", "script /srv/slash.wsgi /slash|/"},
      {"/slash/x", "script /srv/slash.wsgi /slash|/x"},
      {"/mod", "module package.module /mod|"},
      {"/mod/x", "module package.module /mod|/x"},
      {"/mod/deep", "module package.module /mod|/deep"},
      {"/any1", "module numbered /any1|"},
      {"/any1/x", "module numbered /any1|/x"},
      {"/any12/x", "module numbered /any12|/x"},
      {"*", "404"},
  };
  Router router(site());
  for (const auto& one : cases) {
    EXPECT_EQ(describe(route(router, one.target), one.target), one.expected) << one.target;
  }
}

TEST(RouterMapping, AnApplicationAtTheRootHasNoScriptName) {
  config::Settings settings;
  settings.main.mappings = {alias("/static", "/srv/static"), script("/", "/srv/app.wsgi")};
  Router router(settings);
  EXPECT_EQ(describe(route(router, "/"), "/"), "script /srv/app.wsgi |/");
  EXPECT_EQ(describe(route(router, "/x/y"), "/x/y"), "script /srv/app.wsgi |/x/y");
  EXPECT_EQ(describe(route(router, "/static/x"), "/static/x"), "file /srv/static|x");
  EXPECT_EQ(route(router, "/x").mapping, &router.host(0).mappings[1]);
}

TEST(RouterMapping, FoldersComeBeforeApplicationsWhateverTheOrder) {
  config::Settings settings;
  settings.main.mappings = {module("/", "shop.web"), script("/app", "/srv/app.wsgi"),
                            match(script("^/any", "/srv/any.wsgi")), alias("/app", "/srv/files"),
                            match(alias("^/any/(.*)", "/srv/any/$1"))};
  Router router(settings);
  EXPECT_EQ(describe(route(router, "/app/x"), "/app/x"), "file /srv/files|x");
  EXPECT_EQ(describe(route(router, "/any/x"), "/any/x"), "file /srv/any|x");
  EXPECT_EQ(describe(route(router, "/x"), "/x"), "module shop.web |/x");
}

TEST(RouterMapping, AnInheritedFolderComesBeforeAVirtualHostsApplication) {
  config::Settings settings;
  settings.main.mappings = {alias("/static", "/srv/static")};
  settings.virtual_hosts.emplace_back().mappings = {module("/", "shop.web")};
  Router router(settings);
  EXPECT_EQ(describe(route(router, "/static/x", 1), "/static/x"), "file /srv/static|x");
  EXPECT_EQ(describe(route(router, "/x", 1), "/x"), "module shop.web |/x");
}

TEST(RouterMapping, AnAliasOfTheRootNeedsNoSlashAtItsTarget) {
  for (const char* target : {"/srv/www", "/srv/www/"}) {
    config::Settings settings;
    settings.main.mappings = {alias("/", target)};
    Router router(settings);
    EXPECT_EQ(describe(route(router, "/-x/y"), "/-x/y"), "file /srv/www|-x/y");
  }
}

TEST(RouterMapping, WithoutADocumentRootNothingIsMapped) {
  config::Settings settings;
  settings.main.mappings = {alias("/static", "/srv/static")};
  Router router(settings);
  const Route found = route(router, "/x");
  EXPECT_EQ(found.kind, Route::Kind::kRefused);
  EXPECT_EQ(found.status, 404);
  EXPECT_EQ(found.mapping, nullptr);
  EXPECT_EQ(found.place, &router.place(0));
  EXPECT_FALSE(found.why.empty());
}

TEST(RouterMapping, TheWholeDiskCanBeADocumentRoot) {
  config::Settings settings;
  settings.main.document_root = "/";
  settings.main.sections = {section(config::Section::Kind::kDirectory, "/srv", "srv")};
  Router router(settings);
  const Route found = route(router, "/srv/x");
  EXPECT_EQ(describe(found, "/srv/x"), "file /|srv/x");
  EXPECT_EQ(marks(found.place->settings), "srv");
}

TEST(RouterMapping, AVirtualHostsMappingsGoBeforeTheMainServers) {
  config::Settings settings;
  settings.main.mappings = {alias("/a", "/main/a"), alias("/b", "/main/b")};
  settings.virtual_hosts.emplace_back().mappings = {alias("/a", "/own/a")};
  Router router(settings);
  EXPECT_EQ(router.host_count(), 2U);
  EXPECT_EQ(route(router, "/a", 0).root, "/main/a");
  EXPECT_EQ(route(router, "/a", 1).root, "/own/a");
  EXPECT_EQ(route(router, "/b", 1).root, "/main/b");
}

}  // namespace
}  // namespace forkloom::routing
