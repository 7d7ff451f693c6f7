#pragma once

// The kinds of Storage that directives share, for the table alone. Each is made for one member of
// Settings.

#include <chrono>
#include <string>
#include <string_view>
#include <type_traits>

#include "config/directives.h"
#include "config/values.h"

namespace forkloom::config {

template <auto Member>
using MemberType = std::remove_reference_t<decltype(std::declval<Settings&>().*Member)>;

template <auto Member>
constexpr Storage number() {
  using Value = MemberType<Member>;
  return {.type = ValueType::kNumber,
          .store =
              [](const Directive& row, const Arguments& arguments, Settings& settings) {
                return read_number(arguments[0], row.range, row.unit).map([&](std::uint64_t read) {
                  if constexpr (std::is_same_v<Value, seconds>) {
                    settings.*Member = seconds(static_cast<seconds::rep>(read));
                  } else {
                    settings.*Member = static_cast<Value>(read);
                  }
                });
              },
          .show = [](const Settings& settings) -> std::vector<Occurrence> {
            if constexpr (std::is_same_v<Value, seconds>) {
              return {{.arguments = {std::to_string((settings.*Member).count())}}};
            } else {
              return {{.arguments = {std::to_string(settings.*Member)}}};
            }
          }};
}

template <auto Member>
constexpr Storage on_off() {
  return {.type = ValueType::kSwitch,
          .store =
              [](const Directive&, const Arguments& arguments, Settings& settings) {
                return read_switch(arguments[0]).map([&](bool read) { settings.*Member = read; });
              },
          .show = [](const Settings& settings) -> std::vector<Occurrence> {
            return {{.arguments = {settings.*Member ? "On" : "Off"}}};
          }};
}

// A string that `Read` checks; the empty string stands for a directive that is not in force.
template <auto Member, Checked<std::string> (*Read)(std::string_view)>
constexpr Storage checked_text(ValueType type) {
  return {.type = type,
          .store =
              [](const Directive&, const Arguments& arguments, Settings& settings) {
                return Read(arguments[0]).map([&](std::string&& read) {
                  settings.*Member = std::move(read);
                });
              },
          .show = [](const Settings& settings) -> std::vector<Occurrence> {
            if ((settings.*Member).empty()) return {};
            return {{.arguments = {settings.*Member}}};
          }};
}

}  // namespace forkloom::config
