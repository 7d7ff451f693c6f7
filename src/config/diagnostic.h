#pragma once

// One error of a configuration file, ready to be shown.

#include <cstddef>
#include <string>

#include "config/fault.h"

namespace forkloom::config {

struct Diagnostic {
  std::string file;
  std::size_t line = 0;   // from 1; of a continued line, its first
  std::string source;     // the text of the line, continuation lines joined
  std::string directive;  // "" where the line has none
  Fault fault;
  std::size_t first_line = 0;  // where a duplicate stands first; 0 elsewhere

  // "<file>:<line>: <directive>: <problem>: <remedy>", then the line's text, indented.
  std::string text() const;
};

}  // namespace forkloom::config
