#pragma once

// <IfDefine>, <IfModule> and <IfVersion>: whether what they hold is read.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "config/fault.h"
#include "config/settings.h"
#include "config/variables.h"

namespace forkloom::config {

// The version of httpd whose language this is: what IfVersion compares with.
inline constexpr std::string_view kLanguageVersion = "2.4.71";

// What conditions look at while a file is read.
struct Circumstances {
  Variables variables;
  Model model;  // the process model chosen so far
};

// nullopt where `section` is none of the three.
std::optional<Checked<bool>> condition(std::string_view section,
                                       std::span<const std::string> arguments,
                                       const Circumstances& circumstances);

}  // namespace forkloom::config
