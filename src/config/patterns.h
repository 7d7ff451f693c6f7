#pragma once

#include <string_view>

#include "base/pattern.h"
#include "config/fault.h"

namespace forkloom::config {

// A regular expression, or the Fault that says what is wrong with it.
Checked<Pattern> read_pattern(std::string_view text,
                              Pattern::Case letter_case = Pattern::Case::kSensitive);

}  // namespace forkloom::config
