#pragma once

// Which statement of a directive that is not repeatable is in force. Pure functions, safe from any
// thread.

#include <map>

#include "config/directives.h"
#include "config/tree.h"

namespace forkloom::config {

// By directive, nullptr for names that the table does not have. Points into the tree.
using LastStatements = std::map<const Directive*, const Statement*>;

inline LastStatements last_statements(const Tree& tree) {
  LastStatements last;
  for (const Statement& statement : tree) last[find_directive(statement.name)] = &statement;
  return last;
}

}  // namespace forkloom::config
