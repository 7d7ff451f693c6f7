#pragma once

#include <string_view>

#include "config/fault.h"

namespace forkloom::config {

// Why a name that the directive table does not have is refused: httpd has it and Forkloom does not,
// or nobody has it, with the nearest name that is known. Safe from any thread.
Fault unknown_directive(std::string_view name, bool is_section);

}  // namespace forkloom::config
