#include "worker/site.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_site.h"

namespace forkloom::worker {
namespace {

using app::Variable;
using testing::ElementsAre;
using testing::IsEmpty;

class Sites : public SiteTest {
 protected:
  std::vector<std::string> named() {
    std::vector<std::string> names;
    for (const app::Target* target : site_->named_targets()) {
      names.push_back(target->script_path + target->module + ":" + target->callable +
                      (target->is_factory ? "()" : ""));
    }
    return names;
  }
  const app::Target& target_of(std::string_view path, std::vector<Variable> variables = {}) {
    site_->router().route(0, path, path, {}, {}, route_);
    return *site_->target_of(route_, variables);
  }

  routing::Route route_;
};

TEST_F(Sites, EachApplicationIsNamedOnceInAllHosts) {
  make(
      "WSGIScriptAlias /shop /srv/shop.wsgi\n"
      "ForkloomApplication /api shop.api:make()\n"
      "Listen 81\n"
      "<VirtualHost *:81>\n"
      "WSGIScriptAlias /own /srv/own.wsgi\n"
      "WSGIScriptAlias /same /srv/shop.wsgi\n"
      "</VirtualHost>\n");
  EXPECT_THAT(named(), ElementsAre("/srv/shop.wsgi:application", "shop.api:make()",
                                   "/srv/own.wsgi:application"));
}

TEST_F(Sites, AnInheritedApplicationIsAnotherWhereAHostNamesAnotherCallable) {
  make(
      "WSGIScriptAlias /shop /srv/shop.wsgi\n"
      "Listen 81\n"
      "<VirtualHost *:81>\n"
      "WSGICallableObject own\n"
      "</VirtualHost>\n");
  EXPECT_THAT(named(), ElementsAre("/srv/shop.wsgi:application", "/srv/shop.wsgi:own"));
}

TEST_F(Sites, WhatNoRequestReachesIsNotNamed) {
  write("scripts/a.wsgi");
  make(
      "WSGIScriptAlias / /srv/all.wsgi\n"
      "WSGIScriptAlias /never /srv/never.wsgi\n"
      "WSGIScriptAlias /hidden /srv/hidden.wsgi\n"
      "Alias /hidden @\n");
  EXPECT_THAT(named(), ElementsAre("/srv/all.wsgi:application"));
  make("WSGIScriptAlias /run/ @/scripts/\nWSGIScriptAliasMatch ^/(.*)$ /srv/$1.wsgi\n");
  EXPECT_THAT(named(), IsEmpty());
}

// A site's front page is often a redirection, and an application is often for some clients only.
TEST_F(Sites, RedirectionsAndAccessRulesHideNoApplication) {
  make(
      "RedirectMatch ^/$ /shop\n"
      "WSGIScriptAlias / /srv/all.wsgi\n"
      "<Location />\nRequire ip 10.0.0.0/8\n</Location>\n");
  EXPECT_THAT(named(), ElementsAre("/srv/all.wsgi:application"));
}

TEST_F(Sites, TheCallableIsTheAliasesThenThePlacesThenApplication) {
  make(
      "WSGICallableObject app\n"
      "WSGIScriptAlias /own /srv/a.wsgi callable-object=own\n"
      "WSGIScriptAlias /place /srv/a.wsgi\n"
      "<Location /place/admin>\nWSGICallableObject admin\n</Location>\n");
  EXPECT_EQ(target_of("/own").callable, "own");
  EXPECT_EQ(target_of("/place").callable, "app");
  EXPECT_EQ(target_of("/place/admin/x").callable, "admin");
}

TEST_F(Sites, AVariableNamesTheCallable) {
  make(
      "WSGICallableObject %{ENV:ENTRY}\n"
      "SetEnv ENTRY fixed\n"
      "WSGIScriptAlias / /srv/a.wsgi\n"
      "<Location /none>\nWSGICallableObject %{ENV:NONE}\n</Location>\n");
  EXPECT_EQ(target_of("/").callable, "fixed");
  EXPECT_EQ(target_of("/", {{"ENTRY", "of_request"}}).callable, "of_request");
  EXPECT_EQ(target_of("/none").callable, "%{ENV:NONE}");
}

TEST_F(Sites, LimitsAreThoseOfTheFirstHostOfAnAddress) {
  make(
      "Listen 81\nTimeout 10\n"
      "<VirtualHost 10.0.0.1:81>\nServerName a.org\nTimeout 20\nKeepAlive Off\n</VirtualHost>\n"
      "<VirtualHost 10.0.0.1:81>\nServerName b.org\nTimeout 30\n</VirtualHost>\n");
  EXPECT_EQ(site_->limits({.address = "10.0.0.1", .port = 80}).timeout, seconds(10));
  const connection::Limits& own = site_->limits({.address = "10.0.0.1", .port = 81});
  EXPECT_EQ(own.timeout, seconds(20));
  EXPECT_FALSE(own.is_keep_alive);
  EXPECT_EQ(site_->limits({.address = "/run/a.sock", .is_unix = true}).timeout, seconds(10));
}

TEST_F(Sites, RulesAreMadeOnceForEachPlace) {
  make("WSGIScriptAlias / /srv/a.wsgi\nWSGIPassAuthorization On\n");
  target_of("/");
  const PlaceRules& rules = site_->rules_of(*route_.place);
  EXPECT_EQ(&site_->rules_of(*route_.place), &rules);
  const PlaceRules& other = site_->rules_of_other_passing(*route_.place);
  EXPECT_TRUE(rules.place.passes_authorization);
  EXPECT_FALSE(other.place.passes_authorization);
  EXPECT_NE(rules.place.number, other.place.number);
}

TEST_F(Sites, AMissingFileOfTypesIsAnError) {
  ASSERT_NO_FATAL_FAILURE(read("TypesConfig @/none\n"));
  const auto site = Site::make(settings_, inheritance_, log_);
  ASSERT_FALSE(site);
  EXPECT_THAT(site.error().message(), testing::HasSubstr(path("none")));
}

}  // namespace
}  // namespace forkloom::worker
