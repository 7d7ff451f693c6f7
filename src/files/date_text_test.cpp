#include "files/date_text.h"

#include <gtest/gtest.h>

namespace forkloom::files {
namespace {

constexpr std::time_t kNow = 1795515302;  // Tue, 24 Nov 2026
constexpr std::time_t kExample = 784111777;

TEST(DateText, AllThreeFormsAreRead) {
  EXPECT_EQ(read_date("Sun, 06 Nov 1994 08:49:37 GMT", kNow), kExample);
  EXPECT_EQ(read_date("Sunday, 06-Nov-94 08:49:37 GMT", kNow), kExample);
  EXPECT_EQ(read_date("Sun Nov  6 08:49:37 1994", kNow), kExample);
  EXPECT_EQ(read_date("Wed Nov 16 08:49:37 1994", kNow), kExample + 10 * 86400);
}

TEST(DateText, AYearOfTwoDigitsIsAtMostFiftyYearsAhead) {
  EXPECT_EQ(read_date("Friday, 01-Jan-70 00:00:00 GMT", kNow), 3155760000);
  EXPECT_EQ(read_date("Saturday, 01-Jan-77 00:00:00 GMT", kNow), 220924800);
}

TEST(DateText, WhatIsMalformedIsNoDate) {
  for (const char* text : {"", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
                           "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
                           "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                           "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov 1994 08:49:37 GMT, x",
                           "sun, 06 nov 1994 08:49:37 gmt", "Sun, 06 Nov 94 08:49:37 GMT"}) {
    EXPECT_EQ(read_date(text, kNow), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace forkloom::files
