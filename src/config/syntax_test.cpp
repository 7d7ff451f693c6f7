#include "config/syntax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

using testing::ElementsAre;

std::vector<std::string> lines_of(std::string_view text) {
  LineReader reader(text);
  std::vector<std::string> lines;
  while (const auto line = reader.next()) {
    lines.push_back(std::to_string(line->number) + ":" + line->text);
  }
  return lines;
}

std::vector<std::string> words_of(std::string_view line) {
  const auto words = read_words(line);
  if (!words) ADD_FAILURE() << words.error().problem;
  return words.value_or(std::vector<std::string>{});
}

TEST(Lines, AreNumberedJoinedAndWithoutCommentsAndBlankOnes) {
  EXPECT_THAT(lines_of("\xEF\xBB\xBF# c\n\n  A 1  \r\nB \\\n  2\\\r\n3\n # d\nC"),
              ElementsAre("3:A 1", "4:B   23", "8:C"));
}

TEST(Lines, AContinuedCommentIsAComment) {
  EXPECT_THAT(lines_of("# a \\\nstill\nB"), ElementsAre("3:B"));
}

TEST(Lines, AFileMayEndWithABackslashOrNothing) {
  EXPECT_THAT(lines_of("A \\"), ElementsAre("1:A"));
  EXPECT_THAT(lines_of(""), ElementsAre());
}

TEST(Words, AreSeparatedByBlanksUnlessQuoted) {
  EXPECT_THAT(words_of("A  b\t'c d' \"e f\" \"\""), ElementsAre("A", "b", "c d", "e f", ""));
}

TEST(Words, EscapesStandForTheCharacterAlone) {
  EXPECT_THAT(words_of(R"(A "say \"x\" \\ \n" b\\c 'it\'s' a\b)"),
              ElementsAre("A", R"(say "x" \ \n)", R"(b\c)", "it's", R"(a\b)"));
}

TEST(Words, AHashInsideOfALineIsAnOrdinaryCharacter) {
  EXPECT_THAT(words_of("A b # c"), ElementsAre("A", "b", "#", "c"));
}

TEST(Phrase, TellsDirectivesAndSectionsApart) {
  auto phrase = read_phrase("Listen 80");
  ASSERT_TRUE(phrase.has_value());
  EXPECT_EQ(phrase->kind, Phrase::Kind::kDirective);
  phrase = read_phrase("<Directory \"/srv/a b\">");
  ASSERT_TRUE(phrase.has_value());
  EXPECT_EQ(phrase->kind, Phrase::Kind::kSectionStart);
  EXPECT_EQ(phrase->name, "Directory");
  EXPECT_THAT(phrase->arguments, ElementsAre("/srv/a b"));
  phrase = read_phrase("</directory>");
  ASSERT_TRUE(phrase.has_value());
  EXPECT_EQ(phrase->kind, Phrase::Kind::kSectionEnd);
  EXPECT_EQ(phrase->name, "directory");
}

TEST(Phrase, ASectionEndsAtTheLastAngle) {
  const auto phrase = read_phrase("<LocationMatch \"^/(?<name>x)\">");
  ASSERT_TRUE(phrase.has_value());
  EXPECT_THAT(phrase->arguments, ElementsAre("^/(?<name>x)"));
}

TEST(Phrase, SaysWhatIsWrong) {
  const auto problem = [](std::string_view line) {
    const auto phrase = read_phrase(line);
    return phrase ? std::string("none") : phrase.error().problem;
  };
  EXPECT_EQ(problem("<Directory /x"), "the section's line has no >");
  EXPECT_EQ(problem("<Directory /x> Options None"), "'Options None' stands behind the section's >");
  EXPECT_EQ(problem("<>"), "the section has no name");
  EXPECT_EQ(problem("A \"b"), "the quote before b is never closed");
  EXPECT_EQ(problem("A \"b\"c"), "'c' touches the closing quote before it");
  EXPECT_EQ(problem(std::string_view("A\0b", 3)), "the line holds a NUL byte");
}

TEST(Quote, GivesBackTheArgument) {
  for (const std::string text :
       {"plain", "", "a b", "say \"x\"", "back\\slash", "it's", "#", "<a>"}) {
    EXPECT_THAT(words_of("X " + quote(text)), ElementsAre("X", text));
  }
}

}  // namespace
}  // namespace forkloom::config
