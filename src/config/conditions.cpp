#include "config/conditions.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/pattern.h"
#include "config/letters.h"
#include "config/modules.h"

namespace forkloom::config {
namespace {

using Version = std::array<unsigned, 3>;

// "2.4" is 2.4.0.
std::optional<Version> read_version(std::string_view text) {
  Version version{};
  for (unsigned& part : version) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) return version;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

bool is_loaded(std::string_view module, Model model) {
  if (const auto meant = model_of_module(module)) return *meant == model;
  return is_built_in(module);
}

Checked<bool> matches_version(std::string_view pattern) {
  auto compiled = Pattern::compile(pattern);
  if (!compiled) {
    return refuse(
        fmt::format("the pattern '{}' cannot be read: {}", pattern, compiled.error().message()),
        "write a regular expression like /^2\\.4\\./");
  }
  return compiled->matches(kLanguageVersion);
}

Checked<bool> compare_version(std::span<const std::string> arguments) {
  constexpr const char* kRemedy =
      "write <IfVersion >= 2.4>, or with = == > < <= ~ before the version";
  if (arguments.empty() || arguments.size() > 2) {
    return refuse("it takes an operator and a version", kRemedy);
  }
  std::string_view sign = arguments.size() == 2 ? std::string_view(arguments[0]) : "=";
  std::string_view wanted = arguments.back();
  const bool is_negated = sign.starts_with('!');
  if (is_negated) sign.remove_prefix(1);
  const bool is_equality = sign == "=" || sign == "==";
  const bool is_pattern = (is_equality || sign == "~") && wanted.size() > 1 &&
                          wanted.front() == '/' && wanted.back() == '/';
  if (sign == "~" || is_pattern) {
    if (is_pattern) wanted = wanted.substr(1, wanted.size() - 2);
    return matches_version(wanted).map([&](bool is_met) { return is_met != is_negated; });
  }
  const auto version = read_version(wanted);
  if (!version) return refuse(fmt::format("'{}' is not a version", wanted), kRemedy);
  const Version own = *read_version(kLanguageVersion);
  bool is_met = false;
  if (is_equality) {
    is_met = own == *version;
  } else if (sign == ">") {
    is_met = own > *version;
  } else if (sign == ">=") {
    is_met = own >= *version;
  } else if (sign == "<") {
    is_met = own < *version;
  } else if (sign == "<=") {
    is_met = own <= *version;
  } else {
    return refuse(fmt::format("'{}' is not a comparison", sign), kRemedy);
  }
  return is_met != is_negated;
}

}  // namespace

std::optional<Checked<bool>> condition(std::string_view section,
                                       std::span<const std::string> arguments,
                                       const Circumstances& circumstances) {
  const std::string name = lower(section);
  if (name == "ifversion") return compare_version(arguments);
  if (name != "ifdefine" && name != "ifmodule") return std::nullopt;
  if (arguments.size() != 1 || arguments[0].empty() || arguments[0] == "!") {
    return refuse("it takes one name", name == "ifdefine"
                                           ? "write <IfDefine NAME> or <IfDefine !NAME>"
                                           : "write <IfModule alias_module>");
  }
  std::string_view subject = arguments[0];
  const bool is_negated = subject.starts_with('!');
  if (is_negated) subject.remove_prefix(1);
  const bool is_met = name == "ifdefine" ? circumstances.variables.is_defined(subject)
                                         : is_loaded(subject, circumstances.model);
  return is_met != is_negated;
}

}  // namespace forkloom::config
