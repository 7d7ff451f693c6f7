#include <string>

#include <gtest/gtest.h>

#include "routing/test_site.h"

namespace forkloom::routing {
namespace {

using Kind = config::Section::Kind;

config::Redirect redirect_match(const std::string& text, std::string target) {
  config::Redirect redirect = redirect_to("", std::move(target));
  redirect.pattern = pattern(text);
  return redirect;
}

TEST(RouterRedirects, RedirectsOfTheHostGoBeforeItsMappings) {
  config::Settings settings;
  settings.main.mappings = {alias("/old", "/srv/old")};
  settings.main.paths.redirects = {redirect_to("/old", "https://new.org/x", 301),
                                   redirect_to("/old/never", "/never")};
  Router router(settings);
  const Route found = route(router, "/old/a%20b?q=1");
  EXPECT_EQ(found.kind, Route::Kind::kRedirect);
  EXPECT_EQ(found.status, 301);
  EXPECT_EQ(found.location, "https://new.org/x/a%20b?q=1");
  EXPECT_EQ(route(router, "/old").location, "https://new.org/x");
  EXPECT_EQ(route(router, "/older").kind, Route::Kind::kRefused);
  EXPECT_EQ(route(router, "/old/never").location, "https://new.org/x/never");
}

TEST(RouterRedirects, ARedirectKeepsItsOwnQuery) {
  config::Settings settings;
  settings.main.paths.redirects = {redirect_to("/old", "/new?own=1")};
  Router router(settings);
  EXPECT_EQ(route(router, "/old?q=1").location, "/new?own=1");
}

TEST(RouterRedirects, WhatAPatternTookIsEscapedInTheLocation) {
  config::Settings settings;
  settings.main.paths.redirects = {redirect_match("^/old/([^.]*)\\.html$", "/new/$1?from=$1")};
  Router router(settings);
  EXPECT_EQ(route(router, "/old/a.html").location, "/new/a?from=a");
  EXPECT_EQ(route(router, "/old/a%0d%0aX:%3f.html").location,
            "/new/a%0D%0AX:%3F?from=a%0D%0AX:%3F");
}

TEST(RouterRedirects, ARedirectWithoutALocationIsARefusal) {
  config::Settings settings;
  settings.main.paths.redirects = {redirect_to("/gone", "", 410), redirect_match("^/x(.*)", "$1")};
  Router router(settings);
  EXPECT_EQ(route(router, "/gone/a").kind, Route::Kind::kRefused);
  EXPECT_EQ(route(router, "/gone/a").status, 410);
  EXPECT_EQ(route(router, "/x/y").location, "/y");
  EXPECT_EQ(route(router, "/xy").status, 500);
}

TEST(RouterRedirects, RedirectsOfASectionFollowItsAccessRules) {
  config::Settings settings;
  settings.main.mappings = {module("/", "app")};
  settings.main.paths.redirects = {redirect_to("/elsewhere", "/x")};
  config::Section moved = section(Kind::kLocation, "/moved", "");
  moved.settings.redirects = {redirect_to("", "https://new.org/")};
  config::Section closed = section(Kind::kLocation, "/moved/closed", "");
  closed.settings.require = {{.kind = config::Requirement::Kind::kDenied, .networks = {}}};
  settings.main.sections = {moved, closed};
  Router router(settings);
  EXPECT_EQ(route(router, "/moved/a").location, "https://new.org/");
  EXPECT_EQ(route(router, "/moved/closed").status, 403);
  EXPECT_EQ(route(router, "/other").kind, Route::Kind::kModule);
}

TEST(RouterRedirects, ARedirectHasTheSettingsOfItsLocation) {
  config::Settings settings;
  settings.main.paths.redirects = {redirect_to("/old", "/new")};
  settings.main.sections = {section(Kind::kLocation, "/old", "old")};
  Router router(settings);
  EXPECT_EQ(marks(route(router, "/old/x").place->settings), "old");
}

TEST(RouterMap, LooksBehindRedirectsAndAccess) {
  config::Settings settings;
  settings.main.mappings = {module("/", "shop")};
  settings.main.paths.redirects = {redirect_to("/", "http://b.org/")};
  settings.main.paths.require = {{.kind = config::Requirement::Kind::kDenied, .networks = {}}};
  Router router(settings);
  EXPECT_EQ(route(router, "/").kind, Route::Kind::kRedirect);
  Route found;
  router.map(0, "/", found);
  EXPECT_EQ(found.kind, Route::Kind::kModule);
  EXPECT_EQ(found.mapping, &router.host(0).mappings[0]);
  EXPECT_EQ(found.place, &router.place(0));
}

}  // namespace
}  // namespace forkloom::routing
