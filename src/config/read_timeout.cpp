#include "config/read_timeout.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

constexpr const char* kForm =
    "write header=20-40,MinRate=500 or body=20,MinRate=500, in seconds "
    "and bytes per second, 0 for no limit";
constexpr Range kSeconds = {.minimum = 0, .maximum = 31'536'000};
constexpr Range kRate = {.minimum = 1, .maximum = std::numeric_limits<std::uint32_t>::max()};

// "a<separator>b" into a and b; b is empty, and `has_second` false, without the separator.
struct Halves {
  std::string_view first;
  std::string_view second;
  bool has_second = false;
};
Halves split(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, at), text.substr(at + 1), true};
}

Checked<seconds> read_seconds(std::string_view text) {
  return read_number(text, kSeconds, "seconds").map([](std::uint64_t number) {
    return seconds(static_cast<seconds::rep>(number));
  });
}

Checked<ReadTimeout> read_limits(std::string_view text) {
  const auto [span, rate, has_rate] = split(text, ',');
  const auto [initial, maximum, has_maximum] = split(span, '-');
  ReadTimeout timeout;
  auto first = read_seconds(initial);
  if (!first) return refuse(std::move(first.error()));
  timeout.initial = *first;
  if (has_maximum) {
    auto last = read_seconds(maximum);
    if (!last) return refuse(std::move(last.error()));
    timeout.maximum = *last;
    if (timeout.maximum <= timeout.initial) {
      return refuse(fmt::format("in '{}' the maximum is not above the initial time", span),
                    "write a range like 20-40");
    }
  }
  if (has_rate) {
    const auto [name, value, has_value] = split(rate, '=');
    if (lower(name) != "minrate" || !has_value) {
      return refuse(fmt::format("'{}' is not MinRate=BYTES", rate), kForm);
    }
    auto number = read_number(value, kRate, "bytes per second");
    if (!number) return refuse(std::move(number.error()));
    timeout.min_rate = static_cast<std::uint32_t>(*number);
  }
  if (has_maximum && !has_rate) {
    return refuse(fmt::format("the range '{}' has no MinRate", span),
                  fmt::format("write {},MinRate=500, or one number without a range", span));
  }
  if (timeout.initial == seconds(0) && (has_maximum || has_rate)) {
    return refuse(fmt::format("'{}' begins with 0, which means no limit", text),
                  "write 0 alone, or an initial time of at least 1 second");
  }
  return timeout;
}

}  // namespace

Checked<void> read_request_timeout(std::string_view argument, Host& host) {
  const auto [stage, limits, has_limits] = split(argument, '=');
  const std::string name = lower(stage);
  if (name == "handshake") {
    return refuse("handshake= is a matter of TLS, which this server does not speak",
                  "leave it out");
  }
  if (!has_limits || (name != "header" && name != "body")) {
    return refuse(fmt::format("'{}' names no stage", argument), kForm);
  }
  auto timeout = read_limits(limits);
  if (!timeout) return refuse(std::move(timeout.error()));
  (name == "header" ? host.header_read_timeout : host.body_read_timeout) = *timeout;
  return {};
}

}  // namespace forkloom::config
