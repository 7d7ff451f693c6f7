#include "accesslog/clock_text.h"

#include <cstdlib>
#include <functional>
#include <thread>

#include <gtest/gtest.h>

namespace forkloom::accesslog {
namespace {

// A fresh thread has broken nothing down yet, so it sees the zone.
void in_time_zone(const char* zone, const std::function<void()>& run) {
  ::setenv("TZ", zone, 1);
  ::tzset();
  std::thread(run).join();
  ::unsetenv("TZ");
  ::tzset();
}

WallTime at(std::int64_t second, int microsecond = 0) {
  return WallTime(seconds(second) + microseconds(microsecond));
}

std::string utc(WallTime time) {
  std::string out;
  append_utc_time(time, out);
  return out;
}

TEST(ClockText, WritesLocalTimeWithItsOffset) {
  in_time_zone("UTC0",
               [] { EXPECT_EQ(common_time(at(1'316'387'908)), "[18/Sep/2011:23:18:28 +0000]"); });
  in_time_zone("EST4",
               [] { EXPECT_EQ(common_time(at(1'316'387'908)), "[18/Sep/2011:19:18:28 -0400]"); });
  in_time_zone("NPT-5:45",
               [] { EXPECT_EQ(common_time(at(1'316'387'908)), "[19/Sep/2011:05:03:28 +0545]"); });
}

TEST(ClockText, FollowsDaylightSavingTime) {
  in_time_zone("CET-1CEST,M3.5.0,M10.5.0/3", [] {
    EXPECT_EQ(common_time(at(1'774'745'999)), "[29/Mar/2026:01:59:59 +0100]");
    EXPECT_EQ(common_time(at(1'774'746'000)), "[29/Mar/2026:03:00:00 +0200]");
  });
}

TEST(ClockText, TellsSecondsThatShareASlotApart) {
  in_time_zone("UTC0", [] {
    for (int round = 0; round < 2; ++round) {
      for (int second = 0; second < 10; ++second) {
        const std::string expected = "[01/Jan/1970:00:00:0" + std::to_string(second) + " +0000]";
        EXPECT_EQ(common_time(at(second)), expected);
        EXPECT_EQ(local_time(at(second)).tm_sec, second);
      }
    }
  });
}

TEST(ClockText, WritesUtcWithMicroseconds) {
  EXPECT_EQ(utc(at(1'316'387'908, 123'456)), "2011-09-18T23:18:28.123456Z");
  EXPECT_EQ(utc(at(1'316'387'908, 7)), "2011-09-18T23:18:28.000007Z");
  EXPECT_EQ(utc(at(0)), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(utc(at(-1, 999'999)), "1969-12-31T23:59:59.999999Z");
}

}  // namespace
}  // namespace forkloom::accesslog
