#include "config/syntax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> words(std::string_view line) {
  auto read = read_words(line);
  EXPECT_TRUE(read.has_value()) << line;
  return read.value_or(std::vector<std::string>{});
}

TEST(Syntax, SplitsALineAtWhiteSpace) {
  EXPECT_THAT(words("  Listen\t 8000  "), ElementsAre("Listen", "8000"));
}

TEST(Syntax, QuotesHoldWhiteSpaceAndEscapedQuotes) {
  EXPECT_THAT(words(R"(CustomLog "/var/log/a b" "%h \"%r\" \t\\")"),
              ElementsAre("CustomLog", "/var/log/a b", R"(%h "%r" \t\)"));
  EXPECT_THAT(words(R"(X 'say "yes"' '\'' "")"), ElementsAre("X", R"(say "yes")", "'", ""));
}

TEST(Syntax, OutsideOfQuotesOnlyADoubleBackslashIsReplaced) {
  EXPECT_THAT(words(R"(X a\b c\\d e\"f)"), ElementsAre("X", R"(a\b)", R"(c\d)", R"(e\"f)"));
}

TEST(Syntax, AnOpenQuoteIsAnError) {
  const auto read = read_words(R"(PidFile "/run/x)");
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().problem, HasSubstr("never closed"));
  EXPECT_FALSE(read_words(R"(PidFile ")").has_value());
  EXPECT_FALSE(read_words(R"(PidFile "/run/x\")").has_value());
}

TEST(Syntax, TextThatTouchesAClosingQuoteIsAnError) {
  EXPECT_FALSE(read_words(R"(CustomLog - "a"b)").has_value());
}

TEST(Syntax, SkipsCommentsAndEmptyLinesButCountsThem) {
  const Document document = read_document("\n  # Listen 1\n\nListen 2\n", "x.conf");
  ASSERT_EQ(document.statements.size(), 1U);
  EXPECT_EQ(document.statements[0].line, 4U);
  EXPECT_THAT(document.statements[0].arguments, ElementsAre("2"));
}

TEST(Syntax, AHashSignAfterTheBeginningIsNoComment) {
  const Document document = read_document("ServerName a #b", "x.conf");
  EXPECT_THAT(document.statements.at(0).arguments, ElementsAre("a", "#b"));
}

TEST(Syntax, ABackslashAtTheEndContinuesTheLine) {
  const Document document = read_document("Listen \\\n  \\\r\n 8000\nTimeout 5", "x.conf");
  ASSERT_EQ(document.statements.size(), 2U);
  EXPECT_THAT(document.statements[0].arguments, ElementsAre("8000"));
  EXPECT_EQ(document.statements[0].line, 1U);
  EXPECT_EQ(document.statements[1].line, 4U);
}

TEST(Syntax, ABackslashContinuesACommentToo) {
  EXPECT_TRUE(read_document("# one \\\nListen 8000\n", "x.conf").statements.empty());
}

TEST(Syntax, ABackslashAtTheEndOfTheTextEndsTheLine) {
  EXPECT_THAT(read_document("Timeout 5 \\", "x.conf").statements.at(0).arguments, ElementsAre("5"));
}

TEST(Syntax, TakesWindowsLineEndsAndAByteOrderMark) {
  const Document document = read_document("\xEF\xBB\xBFTimeout 5\r\nListen 8000\r\n", "x.conf");
  ASSERT_EQ(document.statements.size(), 2U);
  EXPECT_EQ(document.statements[0].name, "Timeout");
  EXPECT_THAT(document.statements[1].arguments, ElementsAre("8000"));
}

TEST(Syntax, ASectionIsOneErrorAndItsContentsAreStillRead) {
  const Document document =
      read_document("<VirtualHost *:80>\nTimeout 5\n</VirtualHost>\n", "x.conf");
  ASSERT_EQ(document.diagnostics.size(), 1U);
  EXPECT_EQ(document.diagnostics[0].line, 1U);
  EXPECT_EQ(document.statements.size(), 1U);
}

TEST(Syntax, ANulByteIsAnError) {
  const Document document = read_document(std::string_view("Timeout\0 5", 10), "x.conf");
  EXPECT_EQ(document.diagnostics.size(), 1U);
}

TEST(Quote, LeavesPlainWordsAlone) {
  EXPECT_EQ(quote("/srv/app.wsgi"), "/srv/app.wsgi");
  EXPECT_EQ(quote("#x"), "#x");
}

TEST(Quote, WhatItWritesReadsBack) {
  for (const std::string argument :
       {"", " ", "a b", R"(")", R"(\)", R"(\\)", R"(a\")", R"(\"\\" ")", "'", "it's", "tab\t", "\r",
        "größe", "<x>", R"(%h "%{User-Agent}i" \t)"}) {
    EXPECT_THAT(words("X " + quote(argument) + " end"), ElementsAre("X", argument, "end"));
  }
}

}  // namespace
}  // namespace forkloom::config
