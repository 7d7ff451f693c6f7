#pragma once

// One error or warning about a configuration, ready to be shown.

#include <string>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

struct Diagnostic {
  Origin origin;
  std::string source;     // the text of the line, continuation lines joined
  std::string directive;  // "" where the line has none
  Fault fault;

  // "<file>:<line>: <directive>: <problem>: <remedy>", then the line's text, indented.
  std::string text() const;
};

}  // namespace forkloom::config
