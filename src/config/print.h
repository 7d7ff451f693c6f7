#pragma once

// Settings to configuration text. Pure functions, safe from any thread.

#include <string>

#include "config/settings.h"

namespace forkloom::config {

// Every directive in force, defaults included, one per line in the table's order, such that
// parse() of the text gives the same Settings again. That holds for Settings that came from
// parse(); paths with line feeds, for one, cannot be written down.
std::string print(const Settings& settings);

}  // namespace forkloom::config
