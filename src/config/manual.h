#pragma once

// The manual, written from the directive table. Safe from any thread.

#include <string>

#include "config/directives.h"

namespace forkloom::config {

// What `forkloom help DIRECTIVE` prints.
std::string help_text(const Directive& row);

// docs/DIRECTIVES.md.
std::string manual_page();

}  // namespace forkloom::config
