#include "config/header_edit.h"

#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using Action = HeaderEdit::Action;

HeaderEdit edit_of(std::string_view line) {
  const Settings settings = settings_of(line);
  EXPECT_EQ(settings.main.paths.headers.size(), 1U) << line;
  return settings.main.paths.headers.at(0);
}

TEST(Header, HasAnActionANameAndAValue) {
  for (const auto& [word, action] :
       std::initializer_list<std::pair<std::string, Action>>{{"set", Action::kSet},
                                                             {"Append", Action::kAppend},
                                                             {"add", Action::kAdd},
                                                             {"merge", Action::kMerge},
                                                             {"setifempty", Action::kSetIfEmpty}}) {
    const HeaderEdit edit = edit_of("Header " + word + " X-A: \"b c\"");
    EXPECT_EQ(edit.action, action) << word;
    EXPECT_EQ(edit.name, "X-A");
    EXPECT_EQ(edit.value, "b c");
    EXPECT_FALSE(edit.is_always);
  }
  EXPECT_EQ(edit_of("Header unset X-A").action, Action::kUnset);
  EXPECT_TRUE(edit_of("Header always unset X-A").is_always);
  EXPECT_FALSE(edit_of("Header onsuccess unset X-A").is_always);
}

TEST(Header, MayDependOnAVariable) {
  EXPECT_EQ(edit_of("Header set X a env=b").variable, "b");
  EXPECT_TRUE(edit_of("Header set X a env=b").wants_variable);
  EXPECT_FALSE(edit_of("Header always unset X env=!b").wants_variable);
}

TEST(Header, MayHoldWhatIsFilledInForEachRequest) {
  EXPECT_EQ(edit_of("Header set X \"%t %D %{A}e %{B-C}i 100%%\"").value,
            "%t %D %{A}e %{B-C}i 100%%");
}

TEST(Header, SaysWhatIsWrong) {
  expect_sayings({
      {"Header",
       "Header: it takes 2 to 5 arguments, not 0: write Header [onsuccess|always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=[!]VARIABLE]"},
      {"Header set",
       "Header: it takes 2 to 5 arguments, not 1: write Header [onsuccess|always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=[!]VARIABLE]"},
      {"Header set X",
       "Header: 'X' has no value: write Header [always] set|append|add|merge|setifempty|unset NAME "
       "[VALUE] [env=VARIABLE]"},
      {"Header set X Y Z",
       "Header: 'Z' is not a condition: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
      {R"(Header set "a b" y)",
       "Header: 'a b' is not a field's name: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
      {"Header edit X a b",
       "Header: 'edit' is not supported: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
      {"Header echo X",
       "Header: 'echo' is not supported: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
      {"Header shout X a",
       "Header: 'shout' is not an action: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
      {"Header set X %{A}n",
       "Header: '%{A}n' is not supported in a value: write %{NAME}e, %{NAME}i, %t, %D, or %% for a "
       "percent sign"},
      {"Header set X %{A",
       "Header: '%{A' is not supported in a value: write %{NAME}e, %{NAME}i, %t, %D, or %% for a "
       "percent sign"},
      {"Header set X %{}e",
       "Header: '%{}e' is not supported in a value: write %{NAME}e, %{NAME}i, %t, %D, or %% for a "
       "percent sign"},
      {"Header set X 100%",
       "Header: '%' is not supported in a value: write %{NAME}e, %{NAME}i, %t, %D, or %% for a "
       "percent sign"},
      {"Header unset X Y",
       "Header: 'Y' is not a condition: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
      {"Header always unset",
       "Header: it needs an action and a field's name: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
      {"Header set X y env=", "Header: '' is not a variable's name: write env=NAME or env=!NAME"},
      {"Header set X y expr=z",
       "Header: 'expr=z' is not a condition: write Header [always] "
       "set|append|add|merge|setifempty|unset NAME [VALUE] [env=VARIABLE]"},
  });
}

}  // namespace
}  // namespace forkloom::config
