#include "routing/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

using app::Variable;
using config::EnvironmentRule;
using testing::ElementsAre;
using testing::IsEmpty;
using Subject = EnvironmentRule::Subject;
using Actions = std::vector<EnvironmentRule::Action>;

EnvironmentRule always(Actions actions) {
  EnvironmentRule rule;
  rule.actions = std::move(actions);
  return rule;
}

EnvironmentRule when(Subject subject, std::string name, std::string_view pattern, Actions actions) {
  EnvironmentRule rule;
  rule.subject = subject;
  rule.name = std::move(name);
  rule.pattern = *Pattern::compile(pattern);
  rule.actions = std::move(actions);
  return rule;
}

class Environment : public testing::Test {
 protected:
  Environment() {
    request_.method = "POST";
    request_.fields = {{"User-Agent", "Robot/2.5"}, {"X-Tag", "a"}, {"x-tag", "b"}};
    peer_.local_address = "10.0.0.1";
  }

  std::vector<Variable> evaluate(const std::vector<EnvironmentRule>& rules) {
    const auto variables = variables_.evaluate(
        rules, {.request = request_, .peer = peer_, .remote_address = "1.2.3.4", .path = "/a b"});
    return {variables.begin(), variables.end()};
  }

  http::Request request_;
  app::Peer peer_;
  RequestVariables variables_;
};

TEST_F(Environment, AsksEachPartOfTheRequest) {
  EXPECT_THAT(evaluate({when(Subject::kField, "user-agent", "^Robot", {{"FIELD", "1"}}),
                        when(Subject::kRemoteHost, "", "^1\\.2\\.", {{"REMOTE", "1"}}),
                        when(Subject::kServerAddress, "", "^10\\.", {{"SERVER", "1"}}),
                        when(Subject::kMethod, "", "^POST$", {{"METHOD", "1"}}),
                        when(Subject::kProtocol, "", "^HTTP/1.1$", {{"PROTOCOL", "1"}}),
                        when(Subject::kUri, "", "^/a b$", {{"PATH", "1"}}),
                        when(Subject::kField, "PATH", "1", {{"VARIABLE", "1"}}),
                        when(Subject::kMethod, "", "GET", {{"NEVER", "1"}})}),
              ElementsAre(Variable{"FIELD", "1"}, Variable{"REMOTE", "1"}, Variable{"SERVER", "1"},
                          Variable{"METHOD", "1"}, Variable{"PROTOCOL", "1"}, Variable{"PATH", "1"},
                          Variable{"VARIABLE", "1"}));
}

TEST_F(Environment, PutsGroupsIntoValues) {
  EXPECT_THAT(evaluate({when(Subject::kField, "User-Agent", "(\\w+)/(\\d+)",
                             {{"NAME", "$1"}, {"MAJOR", "v$2$3 \\$1"}})}),
              ElementsAre(Variable{"NAME", "Robot"}, Variable{"MAJOR", "v2 $1"}));
}

TEST_F(Environment, LeavesDollarsOfSetEnvAlone) {
  EXPECT_THAT(evaluate({when(Subject::kMethod, "", "(.*)", {{"A", "$1"}}), always({{"B", "$1"}})}),
              ElementsAre(Variable{"A", "POST"}, Variable{"B", "$1"}));
}

TEST_F(Environment, JoinsARepeatedField) {
  EXPECT_THAT(evaluate({when(Subject::kField, "X-Tag", "^(a, b)$", {{"TAGS", "$1"}})}),
              ElementsAre(Variable{"TAGS", "a, b"}));
}

TEST_F(Environment, TakesAMissingFieldAsEmpty) {
  EXPECT_THAT(evaluate({when(Subject::kField, "Referer", "^$", {{"DIRECT", "1"}})}),
              ElementsAre(Variable{"DIRECT", "1"}));
}

TEST_F(Environment, TakesANameThatIsNoFieldsAsAVariables) {
  EXPECT_THAT(evaluate({when(Subject::kMethod, "", "POST", {{"WRITES", "yes"}}),
                        when(Subject::kField, "WRITES", "^yes$", {{"FOUND", "1"}})}),
              ElementsAre(Variable{"WRITES", "yes"}, Variable{"FOUND", "1"}));
}

TEST_F(Environment, ChangesTheVariableThatARuleAskedFor) {
  const std::string longer(40, 'x');
  EXPECT_THAT(
      evaluate({when(Subject::kMethod, "", ".", {{"A", longer}}),
                when(Subject::kField, "A", "(x+)", {{"B", "1"}, {"A", "<$1>"}, {"C", "$1"}})}),
      ElementsAre(Variable{"A", "<" + longer + ">"}, Variable{"B", "1"}, Variable{"C", longer}));
}

TEST_F(Environment, SetEnvComesLastAndIsNotSeen) {
  EXPECT_THAT(
      evaluate({always({{"A", "set"}}), when(Subject::kField, "A", "^set$", {{"SEEN", "1"}}),
                when(Subject::kMethod, "", ".", {{"A", "conditional"}, {"B", "1"}}),
                always({{"B", std::nullopt}})}),
      ElementsAre(Variable{"A", "set"}));
}

TEST_F(Environment, RemovesAndSetsAgain) {
  EXPECT_THAT(evaluate({when(Subject::kMethod, "", ".", {{"A", "1"}, {"B", "1"}, {"C", "1"}}),
                        when(Subject::kMethod, "", ".", {{"A", std::nullopt}, {"X", std::nullopt}}),
                        when(Subject::kMethod, "", ".", {{"B", "2"}, {"A", "3"}})}),
              ElementsAre(Variable{"B", "2"}, Variable{"C", "1"}, Variable{"A", "3"}));
}

TEST_F(Environment, KeepsNothingOfTheRequestBefore) {
  EXPECT_THAT(evaluate({when(Subject::kMethod, "", "POST", {{"A", "1"}, {"B", "1"}})}),
              testing::SizeIs(2));
  EXPECT_THAT(evaluate({when(Subject::kField, "A", "1", {{"B", "1"}})}), IsEmpty());
  EXPECT_THAT(evaluate({}), IsEmpty());
}

TEST(FixedVariables, AreThoseOfTheUnconditionalRules) {
  const std::vector<EnvironmentRule> rules = {
      always({{"A", "1"}, {"B", "$1"}}), when(Subject::kMethod, "", ".", {{"C", "1"}}),
      always({{"A", "2"}, {"D", "1"}}), always({{"D", std::nullopt}})};
  EXPECT_THAT(fixed_variables(rules), ElementsAre(Variable{"B", "$1"}, Variable{"A", "2"}));
}

TEST(HasConditions, TellsWhetherARequestMatters) {
  EXPECT_FALSE(has_conditions({}));
  EXPECT_FALSE(has_conditions(std::vector{always({{"A", "1"}})}));
  EXPECT_TRUE(has_conditions(
      std::vector{always({{"A", "1"}}), when(Subject::kMethod, "", ".", {{"C", "1"}})}));
}

}  // namespace
}  // namespace forkloom::routing
