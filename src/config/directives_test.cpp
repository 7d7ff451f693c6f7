#include "config/directives.h"

#include <set>

#include <gtest/gtest.h>

#include "config/letters.h"
#include "config/syntax.h"

namespace forkloom::config {
namespace {

TEST(DirectiveTable, NamesEachDirectiveOnceAndExplainsIt) {
  std::set<std::string> names;
  for (const Directive& row : directives()) {
    EXPECT_TRUE(names.insert(lower(row.name)).second) << row.name;
    EXPECT_TRUE(row.help.ends_with('.')) << row.name;
    EXPECT_TRUE(row.is_allowed_in(Context::kServer)) << row.name;
  }
}

TEST(DirectiveTable, EveryDefaultIsShownAsItIsWritten) {
  for (const Directive& row : directives()) {
    const auto words = read_words(row.default_text);
    ASSERT_TRUE(words.has_value()) << row.name;
    Settings settings;
    std::vector<Occurrence> shown;
    if (!words->empty()) {
      const auto stored = row.storage.store(row, *words, settings);
      ASSERT_TRUE(stored.has_value()) << row.name << ": " << stored.error().problem;
      shown = row.storage.show(settings);
      ASSERT_EQ(shown.size(), 1U) << row.name;
      EXPECT_EQ(shown[0].arguments, *words) << row.name;
    } else {
      EXPECT_TRUE(row.storage.show(settings).empty()) << row.name;
    }
  }
}

TEST(DirectiveTable, EveryNumberHasARangeAndAUnit) {
  for (const Directive& row : directives()) {
    if (row.storage.type != ValueType::kNumber) continue;
    EXPECT_LT(row.range.minimum, row.range.maximum) << row.name;
    EXPECT_FALSE(row.unit.empty()) << row.name;
  }
}

TEST(DirectiveTable, FindsARowByNameInAnyCase) {
  ASSERT_NE(find_directive("WSGISCRIPTALIAS"), nullptr);
  EXPECT_EQ(find_directive("WSGISCRIPTALIAS")->name, "WSGIScriptAlias");
  EXPECT_EQ(find_directive("WSGIScript"), nullptr);
}

TEST(DirectiveTable, UsageSaysWhatToWrite) {
  EXPECT_EQ(find_directive("ThreadsPerChild")->usage(), "ThreadsPerChild NUMBER");
  EXPECT_EQ(find_directive("KeepAlive")->usage(), "KeepAlive On|Off");
  EXPECT_EQ(find_directive("ErrorLog")->usage(), "ErrorLog /PATH|-");
}

}  // namespace
}  // namespace forkloom::config
