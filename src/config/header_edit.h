#pragma once

// Header's arguments. Pure functions, safe from any thread.

#include <span>
#include <string>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// [onsuccess|always] ACTION NAME [VALUE] [env=[!]VARIABLE]
Checked<HeaderEdit> read_header_edit(std::span<const std::string> arguments);

}  // namespace forkloom::config
