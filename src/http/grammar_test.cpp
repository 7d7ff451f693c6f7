#include "http/grammar.h"

#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/text.h"

namespace forkloom::http {
namespace {

using testing::ElementsAre;

std::vector<std::string_view> elements(std::string_view list) {
  std::vector<std::string_view> result;
  ListElements walk(list);
  for (std::string_view element; walk.next(element);) result.push_back(element);
  return result;
}

TEST(Grammar, lets_tokens_hold_letters_digits_and_a_few_signs) {
  EXPECT_TRUE(is_token("abcXYZ019!#$%&'*+-.^_`|~"));
  EXPECT_FALSE(is_token(""));
  for (const char c : std::string_view("\0\t\r\n \"(),/:;<=>?@[\\]{}\x7f\x80\xff", 26)) {
    EXPECT_FALSE(is_token_char(c)) << static_cast<int>(c);
  }
}

TEST(Grammar, lets_field_values_hold_all_but_control_characters) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool is_control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
    EXPECT_EQ(is_field_char(static_cast<char>(byte)), !is_control) << byte;
  }
}

TEST(Grammar, compares_letters_in_any_case_and_nothing_else) {
  EXPECT_TRUE(equals_ignoring_case("Content-Length", "cONTENT-lENGTH"));
  EXPECT_FALSE(equals_ignoring_case("a", "ab"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
  EXPECT_FALSE(equals_ignoring_case("\xc9", "\xe9"));
}

TEST(Grammar, reads_hexadecimal_digits) {
  EXPECT_EQ(hex_value('0'), 0);
  EXPECT_EQ(hex_value('f'), 15);
  EXPECT_EQ(hex_value('A'), 10);
  EXPECT_EQ(hex_value('g'), -1);
  EXPECT_EQ(hex_value('/'), -1);
  EXPECT_EQ(hex_value('@'), -1);
}

TEST(Grammar, walks_lists_with_their_empty_elements) {
  EXPECT_THAT(elements("a, b\t,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(elements(" a ,, b ,"), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(elements(""), ElementsAre(""));
}

}  // namespace
}  // namespace forkloom::http
