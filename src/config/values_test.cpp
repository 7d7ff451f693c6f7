#include "config/values.h"

#include <array>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Number, TakesBothEndsOfItsRange) {
  EXPECT_EQ(read_number("1", {1, 20}, "threads"), 1U);
  EXPECT_EQ(read_number("20", {1, 20}, "threads"), 20U);
}

TEST(Number, SaysTheRangeAndUnitThatWouldBeRight) {
  for (const std::string_view text :
       {"0", "21", "99999999999999999999", "-1", "+1", "1.5", "", "x", " 1", "0x1"}) {
    const auto read = read_number(text, {1, 20}, "threads");
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().remedy, "write a whole number of threads from 1 to 20");
  }
}

TEST(Number, MayHaveNoUnit) {
  EXPECT_EQ(read_number("x", {1, 20}, "").error().remedy, "write a whole number from 1 to 20");
}

TEST(Number, NamesMillisecondsWhereSecondsAreMeant) {
  const auto read = read_number("100ms", {0, 20}, "seconds");
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().problem, HasSubstr("milliseconds"));
}

TEST(Switch, TakesOnAndOffInAnyCase) {
  EXPECT_EQ(read_switch("on"), true);
  EXPECT_EQ(read_switch("OFF"), false);
  EXPECT_FALSE(read_switch("yes").has_value());
}

TEST(Path, HasToBeAbsolute) {
  EXPECT_EQ(read_absolute_path("/srv/x"), "/srv/x");
  EXPECT_FALSE(read_absolute_path("srv/x").has_value());
  EXPECT_FALSE(read_absolute_path("").has_value());
}

TEST(LogPath, MayBeAStandardStreamButNoPipe) {
  EXPECT_EQ(read_log_path("-"), "-");
  EXPECT_EQ(read_log_path("logs/error_log"), "logs/error_log");
  for (const std::string_view text : {"", "logs/", "syslog", "syslog:local1"}) {
    EXPECT_FALSE(read_log_path(text).has_value()) << text;
  }
  const auto piped = read_log_path("|/usr/bin/rotatelogs x");
  ASSERT_FALSE(piped.has_value());
  EXPECT_THAT(piped.error().problem, HasSubstr("pipe"));
}

TEST(Interpreter, IsAnAbsolutePathOrACommandsName) {
  EXPECT_EQ(read_interpreter("python3.12"), "python3.12");
  EXPECT_EQ(read_interpreter("/srv/venv"), "/srv/venv");
  EXPECT_FALSE(read_interpreter("venv/bin/python").has_value());
  EXPECT_FALSE(read_interpreter("").has_value());
}

TEST(PathList, HasColonsBetweenAbsolutePaths) {
  EXPECT_THAT(read_path_list("/a:/b c").value(), ElementsAre("/a", "/b c"));
  for (const std::string_view text : {"", "/a:", ":/a", "/a::/b", "/a:b"}) {
    EXPECT_FALSE(read_path_list(text).has_value()) << text;
  }
}

TEST(Account, IsANameOrANumber) {
  EXPECT_EQ(read_account("www-data"), "www-data");
  EXPECT_EQ(read_account("#33"), "#33");
  for (const std::string_view text : {"", "#", "#x", "a b"}) {
    EXPECT_FALSE(read_account(text).has_value()) << text;
  }
}

TEST(Words, AreFoundInAnyCaseAndListed) {
  constexpr auto kWords =
      std::to_array<std::pair<std::string_view, int>>({{"Off", 0}, {"On", 1}, {"Auto", 2}});
  EXPECT_EQ(find_word("aUTO", kWords), 2);
  EXPECT_EQ(find_word("", kWords), std::nullopt);
  EXPECT_EQ(listed(kWords), "Off, On or Auto");
}

TEST(ServerTokens, TakesApachesLongerFormsForTheSameThing) {
  EXPECT_EQ(read_server_tokens("productonly"), "Prod");
  EXPECT_EQ(read_server_tokens("MIN"), "Minimal");
  EXPECT_FALSE(read_server_tokens("none").has_value());
}

}  // namespace
}  // namespace forkloom::config
