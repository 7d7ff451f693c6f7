#pragma once

// <Directory> and its kin: from name and arguments to a Section without contents. Pure functions,
// safe from any thread.

#include <span>
#include <string>
#include <string_view>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// `name` is one of the section rows that are about paths, in any letter case.
Checked<Section> read_section(std::string_view name, std::span<const std::string> arguments);

}  // namespace forkloom::config
