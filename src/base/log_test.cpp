#include "base/log.h"

#include <gtest/gtest.h>

namespace forkloom {
namespace {

TEST(LogLevel, ReadsApachesNamesInAnyCase) {
  EXPECT_EQ(parse_level("Warn"), Level::kWarning);
  EXPECT_EQ(parse_level("emerg"), Level::kCritical);
  EXPECT_EQ(parse_level("trace8"), Level::kTrace);
}

TEST(LogLevel, RefusesWhatApacheDoesNotKnow) {
  EXPECT_EQ(parse_level("warning"), std::nullopt);
  EXPECT_EQ(parse_level("trace9"), std::nullopt);
  EXPECT_EQ(parse_level(""), std::nullopt);
}

TEST(LogLevel, NameOfEachLevelReadsBackAsThatLevel) {
  for (int i = 0; i <= static_cast<int>(Level::kTrace); ++i) {
    const auto level = static_cast<Level>(i);
    EXPECT_EQ(parse_level(level_name(level)), level);
  }
}

}  // namespace
}  // namespace forkloom
