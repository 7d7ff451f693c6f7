#pragma once

// A configuration as it stands once inclusions, variables and conditions are resolved: statements,
// and sections that hold statements.

#include <string>
#include <vector>

#include "config/site.h"

namespace forkloom::config {

struct Statement {
  std::string name;                    // as written; of a section without "<"
  std::vector<std::string> arguments;  // variables replaced
  Origin origin;                       // of a continued line, its first
  std::string source;                  // the line without surrounding white space
  bool is_section = false;
  std::vector<Statement> children;
};

using Tree = std::vector<Statement>;

}  // namespace forkloom::config
