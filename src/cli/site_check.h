#pragma once

// What can be known before the start beyond a configuration's own words: whether its files, folders
// and accounts exist, and its formats of logs can be written.

#include <vector>

#include "config/diagnostic.h"
#include "config/parser.h"

namespace forkloom::cli {

struct SiteCheck {
  std::vector<config::Diagnostic> errors;    // the server could not start
  std::vector<config::Diagnostic> warnings;  // it would start, and not do all that is wanted
};

// Looks at the file system and at the accounts of the system; imports and opens nothing for
// writing.
SiteCheck check_site(const config::Configuration& configuration);

}  // namespace forkloom::cli
