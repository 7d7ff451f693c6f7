#include "config/environment.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using Subject = EnvironmentRule::Subject;
using Action = EnvironmentRule::Action;
using testing::ElementsAre;

std::vector<EnvironmentRule> rules_of(std::string_view text) {
  return settings_of(text).main.paths.environment;
}

TEST(SetEnv, HasAValueOrIsEmpty) {
  const auto rules = rules_of("SetEnv A 1\nSetEnv B\nUnsetEnv C D");
  ASSERT_EQ(rules.size(), 4U);
  EXPECT_THAT(rules[0].actions, ElementsAre(Action{"A", "1"}));
  EXPECT_THAT(rules[1].actions, ElementsAre(Action{"B", ""}));
  EXPECT_THAT(rules[2].actions, ElementsAre(Action{"C", std::nullopt}));
  EXPECT_THAT(rules[3].actions, ElementsAre(Action{"D", std::nullopt}));
  EXPECT_EQ(rules[0].subject, Subject::kAlways);
}

TEST(PassEnv, TakesTheServersOwnAndWarnsOfWhatIsNotThere) {
  ::setenv("FORKLOOM_TEST_PASSED", "kept", 1);
  const auto rules = rules_of("PassEnv FORKLOOM_TEST_PASSED FORKLOOM_TEST_ABSENT");
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_THAT(rules[0].actions, ElementsAre(Action{"FORKLOOM_TEST_PASSED", "kept"}));
}

TEST(SetEnvIf, LooksAtFieldsAndAtWhatApacheNames) {
  for (const auto& [name, subject] : std::initializer_list<std::pair<std::string, Subject>>{
           {"Remote_Addr", Subject::kRemoteHost},
           {"Remote_Host", Subject::kRemoteHost},
           {"Server_Addr", Subject::kServerAddress},
           {"Request_Method", Subject::kMethod},
           {"Request_Protocol", Subject::kProtocol},
           {"request_uri", Subject::kUri},
           {"User-Agent", Subject::kField}}) {
    const auto rules = rules_of("SetEnvIf " + name + " ^x y");
    ASSERT_EQ(rules.size(), 1U);
    EXPECT_EQ(rules[0].subject, subject) << name;
    EXPECT_EQ(rules[0].name, subject == Subject::kField ? name : "") << name;
  }
}

TEST(SetEnvIf, SetsAndRemovesSeveralVariables) {
  const auto rules = rules_of(R"(SetEnvIf Host "^(a)\." one two=$1 three= !four)");
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_THAT(rules[0].actions, ElementsAre(Action{"one", "1"}, Action{"two", "$1"},
                                            Action{"three", ""}, Action{"four", std::nullopt}));
  EXPECT_EQ(rules[0].pattern->text(), "^(a)\\.");
}

TEST(SetEnvIf, MayBeDeafToLetterCaseAndHasAFormForBrowsers) {
  const auto rules = rules_of(
      "SetEnvIf Host A x\nSetEnvIfNoCase Host A x\nBrowserMatch A x\nBrowserMatchNoCase A x");
  ASSERT_EQ(rules.size(), 4U);
  EXPECT_FALSE(rules[0].pattern->matches("a"));
  EXPECT_TRUE(rules[1].pattern->matches("a"));
  EXPECT_EQ(rules[2].name, "User-Agent");
  EXPECT_FALSE(rules[2].pattern->matches("a"));
  EXPECT_TRUE(rules[3].pattern->matches("a"));
}

TEST(Environment, SaysWhatIsWrong) {
  expect_sayings({
      {"SetEnv", "SetEnv: it takes 1 to 2 arguments, not 0: write SetEnv NAME [VALUE]"},
      {"SetEnv A=B",
       "SetEnv: 'A=B' is not a variable's name: write a name like STAGE, without = and blanks"},
      {R"(SetEnv "" x)",
       "SetEnv: '' is not a variable's name: write a name like STAGE, without = and blanks"},
      {"SetEnv A B C", "SetEnv: it takes 1 to 2 arguments, not 3: write SetEnv NAME [VALUE]"},
      {R"(UnsetEnv "a b")",
       "UnsetEnv: 'a b' is not a variable's name: write a name like STAGE, without = and blanks"},
      {"PassEnv FORKLOOM_TEST_ABSENT",
       "warning: PassEnv: the server's environment has no FORKLOOM_TEST_ABSENT: set it, or remove "
       "the line"},
      {"PassEnv a=b",
       "PassEnv: 'a=b' is not a variable's name: write a name like STAGE, without = and blanks"},
      {R"(SetEnvIf "" x y)",
       "SetEnvIf: it names nothing to look at: write a field like User-Agent, or Request_URI"},
      {"SetEnvIf Host ( y",
       "SetEnvIf: the pattern '(' cannot be read: missing closing parenthesis at character 2: "
       "write a regular expression in Perl's language"},
      {"SetEnvIf Host x !",
       "SetEnvIf: '' is not a variable's name: write a name like STAGE, without = and blanks"},
      {"SetEnvIf Host x",
       "SetEnvIf: it takes at least 3 arguments, not 2: write SetEnvIf "
       "FIELD|Remote_Addr|Server_Addr|Request_Method|Request_Protocol|Request_URI|VARIABLE PATTERN "
       "[!]NAME[=VALUE]..."},
      {"BrowserMatch x =1",
       "BrowserMatch: '' is not a variable's name: write a name like STAGE, without = and blanks"},
      {"BrowserMatch x",
       "BrowserMatch: it takes at least 2 arguments, not 1: write BrowserMatch PATTERN "
       "[!]NAME[=VALUE]..."},
  });
}

TEST(VariableTest, AsksForAVariableOrForNone) {
  EXPECT_EQ(read_variable_test("env=a")->name, "a");
  EXPECT_TRUE(read_variable_test("env=a")->wants_variable);
  EXPECT_EQ(read_variable_test("ENV=!a")->name, "a");
  EXPECT_FALSE(read_variable_test("env=!a")->wants_variable);
  EXPECT_FALSE(read_variable_test("env=").has_value());
  EXPECT_FALSE(read_variable_test("env=!").has_value());
}

}  // namespace
}  // namespace forkloom::config
