#include "config/variables.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Replaced {
  std::string text;
  std::vector<std::string> unknown;
};

Replaced replaced(const Variables& variables, std::string_view text) {
  Replaced result;
  const auto read = variables.replace_in(text, result.unknown);
  result.text = read.value_or("refused");
  return result;
}

TEST(Variables, StandForTheirValue) {
  Variables variables({"A", "B=b=c", "C="});
  variables.define("D", "${B}");
  EXPECT_EQ(replaced(variables, "<${A}${B}${C}>").text, "<b=c>");
  EXPECT_EQ(replaced(variables, "${D}").text, "${B}");
  variables.undefine("B");
  variables.undefine("B");
  EXPECT_FALSE(variables.is_defined("B"));
  EXPECT_TRUE(variables.is_defined("A"));
  EXPECT_THAT(replaced(variables, "x${B}y").unknown, ElementsAre("B"));
}

TEST(Variables, AreThoseOfTheEnvironmentWhereNothingDefinesThem) {
  ::setenv("FORKLOOM_TEST_VARIABLE", "outer", 1);
  Variables variables({});
  EXPECT_EQ(replaced(variables, "${FORKLOOM_TEST_VARIABLE}").text, "outer");
  EXPECT_FALSE(variables.is_defined("FORKLOOM_TEST_VARIABLE"));
  variables.define("FORKLOOM_TEST_VARIABLE", "inner");
  EXPECT_EQ(replaced(variables, "${FORKLOOM_TEST_VARIABLE}").text, "inner");
}

TEST(Variables, LeaveAloneWhatIsNotTheirs) {
  const Variables variables({});
  for (const std::string text :
       {"", "$", "${", "a${", "$A", "%{A}", "}", "${}", "${map:key}", "$${}"}) {
    const Replaced result = replaced(variables, text);
    EXPECT_EQ(result.text, text);
    EXPECT_THAT(result.unknown, IsEmpty()) << text;
  }
}

TEST(Variables, DoNotGrowWithoutBound) {
  Variables variables({});
  std::string value = "x";
  for (int i = 0; i < 16; ++i) value += value;
  variables.define("A", value);
  EXPECT_EQ(value.size(), kLongestReplaced);
  EXPECT_EQ(replaced(variables, "${A}").text, value);
  EXPECT_EQ(replaced(variables, "${A}x").text, "refused");
  EXPECT_EQ(replaced(variables, value + "x").text, value + "x");
}

TEST(Define, HoldsFromItsLineOnInIncludedFilesToo) {
  const MemoryFiles files{{"/a", "Define NAME b\nSetEnv X ${NAME}\nUnDefine NAME"}};
  const Settings settings = settings_of("Include /a\nSetEnv Y \"<${NAME}>\"", files);
  ASSERT_EQ(settings.main.paths.environment.size(), 2U);
  EXPECT_EQ(settings.main.paths.environment[0].actions[0].value, "b");
  EXPECT_EQ(settings.main.paths.environment[1].actions[0].value, "<${NAME}>");
}

TEST(Define, MayMakeSeveralWordsOfOneVariable) {
  const Settings settings = settings_of(
      "Define LINE \"Timeout 7\"\n${LINE}\nDefine TWO \"a b\"\nSetEnv ${TWO}\nSetEnv A \"${TWO}\"");
  EXPECT_EQ(settings.main.timeout, seconds(7));
  EXPECT_EQ(settings.main.paths.environment[0].actions[0].value, "b");
  EXPECT_EQ(settings.main.paths.environment[1].actions[0].value, "a b");
}

TEST(Define, SaysWhatIsWrong) {
  expect_sayings({
      {"Define",
       "Define: it takes a name and, where one is wanted, a value: write Define NAME or Define "
       "NAME VALUE"},
      {"Define A B C",
       "Define: it takes a name and, where one is wanted, a value: write Define NAME or Define "
       "NAME VALUE"},
      {"Define a:b", "Define: 'a:b' cannot be a variable's name: leave out : and }"},
      {R"(Define "" b)",
       "Define: it takes a name and, where one is wanted, a value: write Define NAME or Define "
       "NAME VALUE"},
      {"UnDefine", "UnDefine: it takes one name: write UnDefine NAME"},
      {"UnDefine A B", "UnDefine: it takes one name: write UnDefine NAME"},
      {"SetEnv A ${FORKLOOM_TEST_ABSENT}",
       "warning: SetEnv: the variable FORKLOOM_TEST_ABSENT is not defined: ${FORKLOOM_TEST_ABSENT} "
       "stays as it is: write Define, give -D NAME=VALUE, or set it in the environment"},
  });
}

TEST(Define, OfALineFeedIsRefusedWhereItIsUsed) {
  EXPECT_EQ(
      said_of("SetEnv A ${B}", {}, {.defined = {"B=1\n2"}, .server_root = "/"}),
      "x:1: SetEnv: a variable brings a line feed into the line: give it a value of one line\n"
      "    SetEnv A ${B}\n");
}

TEST(Define, OfItselfTwiceEndsInARefusal) {
  std::string text = "Define A xxxxxxxxxx\n";
  for (int i = 0; i < 40; ++i) text += "Define A ${A}${A}\n";
  EXPECT_EQ(
      said_of(text).substr(0, 87),
      "x:14: Define: its variables make the line longer than 65536 bytes: give them shorter va");
}

}  // namespace
}  // namespace forkloom::config
