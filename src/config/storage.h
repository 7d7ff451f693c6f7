#pragma once

// The kinds of Storage that directives share, for the table alone. Each is made for one member of
// Settings, Host or PathSettings, a value or an optional.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "config/directives.h"
#include "config/values.h"

namespace forkloom::config {

template <typename Owner, typename Value>
Owner owner_of(Value Owner::*);
template <typename Owner, typename Value>
Value value_of(Value Owner::*);

// What the member belongs to, of those that the statement is about.
template <auto Member>
auto& member_in(const Scope& scope) {
  using Owner = decltype(owner_of(Member));
  if constexpr (std::is_same_v<Owner, Settings>) {
    return scope.settings.*Member;
  } else if constexpr (std::is_same_v<Owner, Host>) {
    return scope.host.*Member;
  } else {
    return scope.paths.*Member;
  }
}

template <typename Value>
struct Bare {
  using Type = Value;
};
template <typename Value>
struct Bare<std::optional<Value>> {
  using Type = Value;
};

template <auto Member>
constexpr Storage number() {
  using Value = typename Bare<decltype(value_of(Member))>::Type;
  return {.type = ValueType::kNumber,
          .store = [](const Directive& row, const Arguments& arguments, const Scope& scope) {
            return read_number(arguments[0], row.range, row.unit).map([&](std::uint64_t read) {
              if constexpr (std::is_same_v<Value, seconds>) {
                member_in<Member>(scope) = seconds(static_cast<seconds::rep>(read));
              } else {
                member_in<Member>(scope) = static_cast<Value>(read);
              }
            });
          }};
}

// A number that is checked and has no effect yet.
constexpr Storage checked_number() {
  return {.type = ValueType::kNumber,
          .store = [](const Directive& row, const Arguments& arguments,
                      const Scope& /*scope*/) -> Checked<void> {
            return read_number(arguments[0], row.range, row.unit).map([](std::uint64_t) {});
          }};
}

template <auto Member>
constexpr Storage on_off() {
  return {
      .type = ValueType::kSwitch,
      .store = [](const Directive&, const Arguments& arguments, const Scope& scope) {
        return read_switch(arguments[0]).map([&](bool read) { member_in<Member>(scope) = read; });
      }};
}

constexpr Storage checked_switch() {
  return {.type = ValueType::kSwitch,
          .store = [](const Directive&, const Arguments& arguments, const Scope& /*scope*/)
              -> Checked<void> { return read_switch(arguments[0]).map([](bool) {}); }};
}

// A string that `Read` checks.
template <auto Member, Checked<std::string> (*Read)(std::string_view)>
constexpr Storage checked_text(ValueType type) {
  return {.type = type,
          .store = [](const Directive&, const Arguments& arguments, const Scope& scope) {
            return Read(arguments[0]).map([&](std::string&& read) {
              member_in<Member>(scope) = std::move(read);
            });
          }};
}

// A path, seen from ServerRoot.
template <auto Member>
constexpr Storage path() {
  return {.type = ValueType::kPath,
          .store = [](const Directive&, const Arguments& arguments,
                      const Scope& scope) -> Checked<void> {
            if (arguments[0].empty()) return refuse("the path is empty", "write a path");
            member_in<Member>(scope) = scope.absolute(arguments[0]);
            return {};
          }};
}

// One of a few words, in any letter case; the first spelling of a value is the one to recommend.
template <auto Member, auto Words>
constexpr Storage word() {
  return {.type = ValueType::kWord,
          .store = [](const Directive&, const Arguments& arguments,
                      const Scope& scope) -> Checked<void> {
            const auto found = find_word(arguments[0], Words());
            if (!found) return refuse_word(arguments[0], listed(Words()));
            member_in<Member>(scope) = *found;
            return {};
          }};
}

}  // namespace forkloom::config
