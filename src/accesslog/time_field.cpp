#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>

#include "accesslog/clock_text.h"
#include "accesslog/escape.h"
#include "accesslog/field.h"

namespace forkloom::accesslog {
namespace {

// A strftime format's longest result, bytes; a longer one is written as "-".
constexpr std::size_t kMostTime = 1024;

enum class Moment : std::uint8_t { kBegin, kEnd };

template <Moment moment>
WallTime time_of(const Record& record) {
  return moment == Moment::kBegin ? record.start : record.start + record.duration;
}

template <Moment moment>
void write_common(const Record& record, const Field& /*field*/, std::string& out) {
  out.append(common_time(time_of<moment>(record)));
}

template <Moment moment>
void write_strftime(const Record& record, const Field& field, std::string& out) {
  std::array<char, kMostTime> text;
  const std::size_t size = std::strftime(text.data(), text.size(), field.text.c_str(),
                                         &local_time(time_of<moment>(record)));
  if (size > 0) {
    out.append(text.data(), size);
  } else {
    out.push_back('-');
  }
}

template <Moment moment, typename Unit>
void write_since_epoch(const Record& record, const Field& /*field*/, std::string& out) {
  append_number(std::chrono::floor<Unit>(time_of<moment>(record)).time_since_epoch().count(), out);
}

// The part below a second, in Units, with leading zeros.
template <Moment moment, typename Unit>
void write_fraction(const Record& record, const Field& /*field*/, std::string& out) {
  const WallTime time = time_of<moment>(record);
  const auto count = std::chrono::floor<Unit>(time - std::chrono::floor<seconds>(time)).count();
  for (auto scale = Unit::period::den / 10; scale > 0; scale /= 10) {
    out.push_back(static_cast<char>('0' + count / scale % 10));
  }
}

template <Moment moment>
Field compile(std::string_view format) {
  if (format.empty()) return {.write = write_common<moment>};
  if (format == "sec") return {.write = write_since_epoch<moment, seconds>};
  if (format == "msec") return {.write = write_since_epoch<moment, milliseconds>};
  if (format == "usec") return {.write = write_since_epoch<moment, microseconds>};
  if (format == "msec_frac") return {.write = write_fraction<moment, milliseconds>};
  if (format == "usec_frac") return {.write = write_fraction<moment, microseconds>};
  return {.write = write_strftime<moment>, .text = std::string(format)};
}

}  // namespace

Field compile_time(std::string_view argument) {
  constexpr std::string_view kBegin = "begin";
  constexpr std::string_view kEnd = "end";
  const std::size_t colon = argument.find(':');
  const std::string_view word = argument.substr(0, colon);
  if (word != kBegin && word != kEnd) return compile<Moment::kBegin>(argument);
  const std::string_view format =
      colon == std::string_view::npos ? std::string_view() : argument.substr(colon + 1);
  return word == kEnd ? compile<Moment::kEnd>(format) : compile<Moment::kBegin>(format);
}

}  // namespace forkloom::accesslog
