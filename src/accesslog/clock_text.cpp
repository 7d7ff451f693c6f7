#include "accesslog/clock_text.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <limits>

namespace forkloom::accesslog {
namespace {

constexpr std::size_t kCommonSize = std::string_view("[18/Sep/2011:19:18:28 -0400]").size();
constexpr std::size_t kUtcSize = std::string_view("2011-09-18T23:18:28").size();

struct LocalSecond {
  std::time_t second = std::numeric_limits<std::time_t>::min();
  std::tm time{};
  std::array<char, kCommonSize> common{};
};

struct UtcSecond {
  std::time_t second = std::numeric_limits<std::time_t>::min();
  std::array<char, kUtcSize> text{};
};

// Begin and end of a slow request alternate, so that one second alone would be broken down for
// every line.
constexpr std::size_t kKept = 4;

std::time_t whole_seconds(WallTime time) {
  return std::chrono::floor<seconds>(time).time_since_epoch().count();
}

// Writes `number` into the `width` characters at `at`, with leading zeros; returns what follows.
char* put(char* at, int number, int width) {
  for (int i = width - 1; i >= 0; --i) {
    at[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return at + width;
}

char* put(char* at, std::string_view text) {
  text.copy(at, text.size());
  return at + text.size();
}

void write_common(const std::tm& time, char* at) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const long offset = std::labs(time.tm_gmtoff) / 60;  // minutes
  at = put(at, "[");
  at = put(at, time.tm_mday, 2);
  at = put(at, "/");
  at = put(at, kMonths.substr(static_cast<std::size_t>(time.tm_mon) * 3, 3));
  at = put(at, "/");
  at = put(at, time.tm_year + 1900, 4);
  at = put(at, ":");
  at = put(at, time.tm_hour, 2);
  at = put(at, ":");
  at = put(at, time.tm_min, 2);
  at = put(at, ":");
  at = put(at, time.tm_sec, 2);
  at = put(at, time.tm_gmtoff < 0 ? " -" : " +");
  at = put(at, static_cast<int>(offset / 60), 2);
  at = put(at, static_cast<int>(offset % 60), 2);
  put(at, "]");
}

void write_utc(const std::tm& time, char* at) {
  at = put(at, time.tm_year + 1900, 4);
  at = put(at, "-");
  at = put(at, time.tm_mon + 1, 2);
  at = put(at, "-");
  at = put(at, time.tm_mday, 2);
  at = put(at, "T");
  at = put(at, time.tm_hour, 2);
  at = put(at, ":");
  at = put(at, time.tm_min, 2);
  at = put(at, ":");
  put(at, time.tm_sec, 2);
}

const LocalSecond& local_second(WallTime time) {
  // Per thread, since every request thread writes lines and localtime_r takes a lock of libc's.
  thread_local std::array<LocalSecond, kKept> kept;
  const std::time_t second = whole_seconds(time);
  LocalSecond& entry = kept[static_cast<std::size_t>(second) % kKept];
  if (entry.second != second) {
    ::localtime_r(&second, &entry.time);
    write_common(entry.time, entry.common.data());
    entry.second = second;
  }
  return entry;
}

}  // namespace

std::string_view common_time(WallTime time) {
  const LocalSecond& second = local_second(time);
  return {second.common.data(), second.common.size()};
}

const std::tm& local_time(WallTime time) { return local_second(time).time; }

void append_utc_time(WallTime time, std::string& out) {
  // Per thread, for the same reason as in local_second().
  thread_local UtcSecond kept;
  const std::time_t second = whole_seconds(time);
  if (kept.second != second) {
    std::tm broken_down{};
    ::gmtime_r(&second, &broken_down);
    write_utc(broken_down, kept.text.data());
    kept.second = second;
  }
  const auto rest = duration_cast<microseconds>(time - std::chrono::floor<seconds>(time));
  std::array<char, 8> fraction{};
  char* at = put(fraction.data(), ".");
  at = put(at, static_cast<int>(rest.count()), 6);
  put(at, "Z");
  out.append(kept.text.data(), kept.text.size()).append(fraction.data(), fraction.size());
}

}  // namespace forkloom::accesslog
