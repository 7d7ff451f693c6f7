#include "connection/limits.h"

#include <gtest/gtest.h>

namespace forkloom::connection {
namespace {

constexpr SteadyTime kStart{};

TEST(ReadTimeout, PassesAfterTheInitialTime) {
  const ReadTimeout timeout{.initial = seconds(20), .maximum = seconds(40), .min_rate = 500};
  EXPECT_FALSE(timeout.has_passed(kStart, 0, kStart + seconds(20)));
  EXPECT_TRUE(timeout.has_passed(kStart, 0, kStart + seconds(21)));
}

TEST(ReadTimeout, BytesAtTheMinimumRateExtendItUpToTheMaximum) {
  const ReadTimeout timeout{.initial = seconds(20), .maximum = seconds(40), .min_rate = 500};
  EXPECT_FALSE(timeout.has_passed(kStart, 5000, kStart + seconds(30)));
  EXPECT_TRUE(timeout.has_passed(kStart, 5000, kStart + seconds(31)));
  EXPECT_TRUE(timeout.has_passed(kStart, 1'000'000, kStart + seconds(41)));
}

TEST(ReadTimeout, WithoutAMaximumAFastUploadMayGoOn) {
  const ReadTimeout timeout{.initial = seconds(20), .maximum = seconds(0), .min_rate = 500};
  EXPECT_FALSE(timeout.has_passed(kStart, 500'000, kStart + seconds(1000)));
  EXPECT_TRUE(timeout.has_passed(kStart, 500'000, kStart + seconds(1021)));
}

TEST(ReadTimeout, ZeroMeansUnlimited) {
  EXPECT_FALSE(ReadTimeout{}.has_passed(kStart, 0, kStart + seconds(1'000'000)));
}

}  // namespace
}  // namespace forkloom::connection
