#include "routing/router.h"

#include <string>

#include <gtest/gtest.h>

#include "routing/test_site.h"

namespace forkloom::routing {
namespace {

using config::EncodedSlashes;
using Kind = config::Section::Kind;

TEST(Router, EncodedSlashesAreRefusedUnlessAllowed) {
  config::Settings settings;
  settings.main.mappings = {script("/app", "/srv/app.wsgi")};
  Router router(settings);
  EXPECT_EQ(route(router, "/app/a%2Fb").status, 404);
  EXPECT_EQ(route(router, "/app/a%2fb").status, 404);
  EXPECT_EQ(route(router, "/app%2Fb").kind, Route::Kind::kRefused);
  EXPECT_EQ(route(router, "/app/a%20b%252F").kind, Route::Kind::kScript);
}

TEST(Router, EncodedSlashesCanBeDecoded) {
  config::Settings settings;
  settings.main.mappings = {script("/app", "/srv/app.wsgi")};
  settings.main.encoded_slashes = EncodedSlashes::kDecode;
  Router router(settings);
  const Route found = route(router, "/app%2Fb");
  EXPECT_EQ(found.kind, Route::Kind::kScript);
  EXPECT_EQ(found.script_name_size, 4U);
  EXPECT_EQ(found.kept_path, "");
}

TEST(Router, EncodedSlashesCanBeKept) {
  config::Settings settings;
  settings.main.document_root = "/srv/www";
  settings.main.mappings = {script("/app", "/srv/app.wsgi")};
  settings.main.encoded_slashes = EncodedSlashes::kKeep;
  Router router(settings);
  EXPECT_EQ(route(router, "/app/a%2Fb%2fc%20d").kept_path, "/app/a%2Fb%2fc d");
  EXPECT_EQ(route(router, "/app/a%2Fb").script_name_size, 4U);
  // No separator: neither of a prefix nor of "..".
  EXPECT_EQ(route(router, "/app%2Fb").kind, Route::Kind::kFile);
  EXPECT_EQ(route(router, "/x/..%2Fy").relative, "x/..%2Fy");
  EXPECT_EQ(route(router, "/app/a%2Fb/../../..").status, 400);
  EXPECT_EQ(route(router, "/app/a").kept_path, "");
}

TEST(Router, RequireRefusesClients) {
  config::Settings settings;
  settings.main.document_root = "/srv/www";
  settings.main.mappings = {module("/app", "app")};
  config::Section inside = section(Kind::kLocation, "/app/admin", "");
  inside.settings.require = {{.kind = config::Requirement::Kind::kLocal, .networks = {}}};
  config::Section hidden = section(Kind::kFiles, ".ht*", "");
  hidden.settings.require = {{.kind = config::Requirement::Kind::kDenied, .networks = {}}};
  settings.main.sections = {inside, hidden};
  Router router(settings);
  EXPECT_EQ(route(router, "/app/admin", 0, "192.0.2.7").status, 403);
  EXPECT_EQ(route(router, "/app/admin", 0, "127.0.0.1").kind, Route::Kind::kModule);
  EXPECT_EQ(route(router, "/app/admin", 0, "").kind, Route::Kind::kModule);
  EXPECT_EQ(route(router, "/app", 0, "192.0.2.7").kind, Route::Kind::kModule);
  EXPECT_EQ(route(router, "/x/.htpasswd").status, 403);
  // The application's paths are no files.
  EXPECT_EQ(route(router, "/app/.htpasswd").kind, Route::Kind::kModule);
}

TEST(Router, ARefusedClientDoesNotLearnWhatIsMissing) {
  config::Settings settings;
  config::Section all = section(Kind::kLocation, "/", "");
  all.settings.require = {{.kind = config::Requirement::Kind::kDenied, .networks = {}}};
  settings.main.sections = {all};
  Router router(settings);
  EXPECT_EQ(route(router, "/none").status, 403);
}

TEST(Router, TheSameSectionsAreTheSamePlace) {
  config::Settings settings;
  settings.main.document_root = "/srv/www";
  settings.main.paths.headers.emplace_back().name = "main";
  settings.main.sections = {section(Kind::kLocation, "/a", "a"),
                            section(Kind::kLocation, "/a/b", "b")};
  settings.virtual_hosts.emplace_back().paths.headers.emplace_back().name = "own";
  Router router(settings);
  const Place* base = route(router, "/x").place;
  const Place* one = route(router, "/a/x").place;
  const Place* two = route(router, "/a/b").place;
  EXPECT_EQ(base->number, 0U);
  EXPECT_EQ(route(router, "/a").place, one);
  EXPECT_EQ(route(router, "/a/b/c").place, two);
  EXPECT_EQ(one->number, 2U);
  EXPECT_EQ(two->number, 3U);
  EXPECT_EQ(&router.place(3), two);
  EXPECT_EQ(marks(two->settings), "main a b");

  const Place* other = route(router, "/a/x", 1).place;
  EXPECT_EQ(other->number, 4U);
  EXPECT_EQ(other->host, 1U);
  EXPECT_EQ(marks(other->settings), "main own a");
  EXPECT_EQ(route(router, "/x", 1).place->number, 1U);
}

TEST(Router, FilePathsAreComparedInTheirNormalForm) {
  config::Settings settings;
  settings.main.mappings = {alias("/a", "/srv//./x/../www")};
  settings.main.sections = {section(Kind::kDirectory, "/srv/www/", "www")};
  Router router(settings);
  const Route found = route(router, "/a/b");
  EXPECT_EQ(found.root, "/srv/www");
  EXPECT_EQ(marks(found.place->settings), "www");
}

TEST(Router, FindsHostsByAddressAndName) {
  config::Settings settings;
  config::Host host;
  host.addresses = {{.host = "", .port = 80}};
  host.name = "a.org";
  settings.virtual_hosts = {host, host};
  settings.virtual_hosts[1].name = "b.org";
  Router router(settings);
  EXPECT_EQ(router.find_host("192.0.2.1", 80, false, "b.org"), 2U);
  EXPECT_EQ(router.find_host("/run/x.sock", 0, true, "b.org"), 2U);
  EXPECT_EQ(router.first_host("192.0.2.1", 80, false), 1U);
  EXPECT_EQ(router.first_host("192.0.2.1", 81, false), 0U);
}

TEST(Router, ARouteIsFilledAnew) {
  config::Settings settings;
  settings.main.document_root = "/srv/www";
  settings.main.mappings = {script("/app", "/srv/app.wsgi")};
  settings.main.paths.redirects = {redirect_to("/old", "/new")};
  Router router(settings);
  Route into;
  for (const char* path : {"/old", "/app/x", "/x%2F", "/x"}) {
    router.route(0, path, path, "", "192.0.2.7", into);
  }
  EXPECT_EQ(into.kind, Route::Kind::kFile);
  EXPECT_EQ(into.status, 0);
  EXPECT_EQ(into.mapping, nullptr);
  EXPECT_EQ(into.script_path, "");
  EXPECT_EQ(into.location, "");
  EXPECT_TRUE(into.why.empty());
}

}  // namespace
}  // namespace forkloom::routing
