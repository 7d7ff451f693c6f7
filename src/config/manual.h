#pragma once

// The manual, written from the directive table. Safe from any thread.

#include <span>
#include <string>
#include <string_view>

#include "config/directives.h"

namespace forkloom::config {

// What `forkloom help DIRECTIVE` prints.
std::string help_text(const Directive& row);

// docs/DIRECTIVES.md.
std::string manual_page();

struct Topic {
  std::string_view title;
  std::span<const Directive> (*rows)();
};
// In the order of directives().
std::span<const Topic> topics();

}  // namespace forkloom::config
