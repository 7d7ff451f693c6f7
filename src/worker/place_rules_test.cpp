#include "worker/place_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_log.h"

namespace forkloom::worker {
namespace {

using app::Variable;
using config::EnvironmentRule;
using testing::ElementsAre;
using testing::IsEmpty;

EnvironmentRule set_env(std::string name, std::string value) {
  EnvironmentRule rule;
  rule.actions = {{.variable = std::move(name), .value = std::move(value)}};
  return rule;
}

class PlaceRulesTest : public testing::Test {
 protected:
  PlaceRules rules(std::optional<bool> pass_authorization = std::nullopt) {
    return {place_, host_, types_, log_, pass_authorization};
  }
  config::PathSettings& settings() { return place_.settings; }

  routing::Place place_;
  config::Host host_;
  const files::MediaTypes types_ = files::MediaTypes::builtin();
  TestingLog log_;
};

TEST_F(PlaceRulesTest, TheHostsFactsAreVariablesThatSetEnvOverrides) {
  host_.document_root = "/srv/www";
  host_.admin = "root@a.org";
  settings().environment = {set_env("STAGE", "test"), set_env("SERVER_ADMIN", "me@a.org")};
  EXPECT_THAT(rules().place.variables,
              ElementsAre(Variable{"DOCUMENT_ROOT", "/srv/www"}, Variable{"STAGE", "test"},
                          Variable{"SERVER_ADMIN", "me@a.org"}));
  EXPECT_FALSE(rules().has_conditions);
}

TEST_F(PlaceRulesTest, WhereConditionsDecideNoRuleIsThePlaces) {
  EnvironmentRule condition;
  condition.subject = EnvironmentRule::Subject::kMethod;
  settings().environment = {set_env("STAGE", "test"), condition};
  EXPECT_TRUE(rules().has_conditions);
  EXPECT_THAT(rules().place.variables, IsEmpty());
}

TEST_F(PlaceRulesTest, AnAliasesOwnAnswerToAuthorizationIsAnotherPlace) {
  place_.number = 3;
  settings().pass_authorization = true;
  EXPECT_EQ(rules().place.number, 6U);
  EXPECT_TRUE(rules().place.passes_authorization);
  EXPECT_EQ(rules(false).place.number, 7U);
  EXPECT_FALSE(rules(false).place.passes_authorization);
}

TEST_F(PlaceRulesTest, FollowingLinksGoesBeforeMatchingTheirOwners) {
  using Options = config::FolderOptions;
  EXPECT_EQ(rules().files.links, files::Links::kNever);
  settings().options.emplace().added = Options::kSymLinksIfOwnerMatch;
  EXPECT_EQ(rules().files.links, files::Links::kOwnerMatch);
  settings().options->added |= Options::kFollowSymLinks;
  EXPECT_EQ(rules().files.links, files::Links::kAlways);
}

TEST_F(PlaceRulesTest, ProxiesAreTrustedWhereAHeaderIsNamed) {
  settings().trusted_proxies.emplace();
  EXPECT_FALSE(rules().proxies);
  settings().trusted_proxy_headers = {"X-Forwarded-For"};
  EXPECT_TRUE(rules().proxies);
}

TEST_F(PlaceRulesTest, TheServersOwnWordsAreNoDocument) {
  using Kind = config::ErrorDocument::Kind;
  settings().error_documents = {{404, {.kind = Kind::kText, .value = "gone"}},
                                {500, {.kind = Kind::kDefault, .value = ""}}};
  const PlaceRules made = rules();
  ASSERT_NE(made.error_document(404), nullptr);
  EXPECT_EQ(made.error_document(404)->value, "gone");
  EXPECT_EQ(made.error_document(500), nullptr);
  EXPECT_EQ(made.error_document(403), nullptr);
}

TEST_F(PlaceRulesTest, ExpiryCountsWhereItIsActive) {
  settings().expires_default = config::Expiry{.is_from_modification = true, .seconds = 60};
  EXPECT_FALSE(rules().files.has_expiry);
  settings().expires_active = true;
  const PlaceRules made = rules();
  EXPECT_TRUE(made.files.has_expiry);
  ASSERT_TRUE(made.files.default_freshness);
  EXPECT_TRUE(made.files.default_freshness->is_from_modification);
  EXPECT_EQ(made.files.default_freshness->lifetime, seconds(60));
}

}  // namespace
}  // namespace forkloom::worker
