#include "config/conditions.h"

#include <gtest/gtest.h>

#include "config/directives.h"
#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

struct Decided {
  std::string_view head;  // arguments of the section
  bool is_met;
};

void expect_decisions(const std::string& name, std::initializer_list<Decided> decisions,
                      const std::string& before = "", const ReadOptions& options = {}) {
  for (const auto& [head, is_met] : decisions) {
    const Settings settings =
        settings_of(before + "<" + name + " " + std::string(head) + ">\nTimeout 7\n</" + name + ">",
                    {}, options);
    EXPECT_EQ(settings.main.timeout == seconds(7), is_met) << name << " " << head;
  }
}

TEST(IfDefine, IsMetByDefineAndByTheCommandLine) {
  expect_decisions("IfDefine",
                   {{"A", true},
                    {"!A", false},
                    {"B", true},
                    {"C", true},
                    {"D", false},
                    {"!D", true},
                    {"E", false}},
                   "Define A\nDefine E\nUnDefine E\n",
                   {.defined = {"B", "C=c"}, .server_root = "/"});
}

TEST(IfModule, IsMetByWhatIsBuiltIn) {
  expect_decisions("IfModule", {{"alias_module", true},
                                {"mod_alias.c", true},
                                {"!mod_alias.c", false},
                                {"ssl_module", false},
                                {"!mod_ssl.c", true}});
}

TEST(IfModule, OfMultiProcessingModulesIsMetByTheChosenOne) {
  expect_decisions("ifmodule", {{"mpm_winnt_module", true}, {"mpm_prefork_module", false}});
  expect_decisions("IfModule", {{"prefork.c", true}, {"mpm_worker_module", false}},
                   "LoadModule mpm_prefork_module x\n");
  expect_decisions("IfModule", {{"mpm_event_module", true}, {"prefork.c", false}}, "MPM worker\n");
}

TEST(IfVersion, ComparesWithTheLanguages) {
  expect_decisions("IfVersion", {{">= 2.4", true},
                                 {">= 2.4.71", true},
                                 {"> 2.4.71", false},
                                 {"< 2.5", true},
                                 {"<= 2.4", false},
                                 {"= 2.4.71", true},
                                 {"== 2.4.71", true},
                                 {"2.4.71", true},
                                 {"2.4", false},
                                 {"!= 2.4.71", false},
                                 {"!< 2.4", true},
                                 {"~ ^2\\.4\\.", true},
                                 {"= /^2\\.2/", false},
                                 {"!~ /^2\\.2/", true}});
  EXPECT_NE(find_directive("IfVersion")->help.find(kLanguageVersion), std::string_view::npos);
}

TEST(Conditions, MayStandInEachOtherAndInSections) {
  const Settings settings = settings_of(R"(
<VirtualHost *>
  <IfDefine !A>
    <IfModule ssl_module>
      Nonsense
      <Location /x>
      </Location>
    </IfModule>
    <Location /b>
      <IfVersion >= 2.4>
        WSGICallableObject b
      </IfVersion>
    </Location>
  </IfDefine>
</VirtualHost>)");
  ASSERT_EQ(settings.virtual_hosts.size(), 1U);
  ASSERT_EQ(settings.virtual_hosts[0].sections.size(), 1U);
  EXPECT_EQ(settings.virtual_hosts[0].sections[0].settings.callable_object, "b");
}

TEST(Conditions, LeaveOutWhateverIsInThem) {
  EXPECT_EQ(said_of("<IfDefine A>\nNonsense \"x\nInclude /absent\nDefine B\nError x\n"
                    "SetEnv A ${B}\n</IfDefine>\nSetEnv A ${FORKLOOM_TEST_ABSENT}"),
            "warning: x:8: SetEnv: the variable FORKLOOM_TEST_ABSENT is not defined: "
            "${FORKLOOM_TEST_ABSENT} stays as it is: write Define, give -D NAME=VALUE, or set it "
            "in the environment\n    SetEnv A ${FORKLOOM_TEST_ABSENT}\n");
}

struct Wrong {
  std::string_view name;
  std::string_view arguments;
  std::string_view said;
};

TEST(Conditions, SayWhatIsWrongAndLeaveOutWhatTheyHold) {
  for (const auto& [name, arguments, said] : std::initializer_list<Wrong>{
           {"IfDefine", "", "it takes one name: write <IfDefine NAME> or <IfDefine !NAME>"},
           {"IfDefine", " A B", "it takes one name: write <IfDefine NAME> or <IfDefine !NAME>"},
           {"IfDefine", " !", "it takes one name: write <IfDefine NAME> or <IfDefine !NAME>"},
           {"IfModule", "", "it takes one name: write <IfModule alias_module>"},
           {"IfVersion", "",
            "it takes an operator and a version: write <IfVersion >= 2.4>, or with = == > < <= ~ "
            "before the version"},
           {"IfVersion", " >= x",
            "'x' is not a version: write <IfVersion >= 2.4>, or with = == > < <= ~ before the "
            "version"},
           {"IfVersion", " >= 2.",
            "'2.' is not a version: write <IfVersion >= 2.4>, or with = == > < <= ~ before the "
            "version"},
           {"IfVersion", " > /2/",
            "'/2/' is not a version: write <IfVersion >= 2.4>, or with = == > < <= ~ before the "
            "version"},
           {"IfVersion", " => 2.4",
            "'=>' is not a comparison: write <IfVersion >= 2.4>, or with = == > < <= ~ before the "
            "version"},
           {"IfVersion", " ~ (",
            "the pattern '(' cannot be read: missing closing parenthesis at character 2: write a "
            "regular expression like /^2\\.4\\./"}}) {
    const std::string head = "<" + std::string(name) + std::string(arguments) + ">";
    EXPECT_EQ(said_of(head + "\nNonsense\n</" + std::string(name) + ">"),
              "x:1: " + std::string(name) + ": " + std::string(said) + "\n    " + head + "\n");
  }
}

}  // namespace
}  // namespace forkloom::config
