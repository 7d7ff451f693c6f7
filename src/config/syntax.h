#pragma once

// Apache's configuration syntax, without any directive's meaning: text to statements, and
// arguments back to text. Sections will become statements that hold statements; today a line that
// begins with "<" is a diagnostic. Pure functions, safe from any thread.
//
// A line is a name and arguments, separated by white space. A backslash right before the line
// feed continues the line. A line whose first character is "#" is a comment; further on, "#" is
// an ordinary character. An argument in double or single quotes may hold white space; within it,
// a backslash before that quote or before a backslash stands for the second character alone.
// Outside of quotes only the double backslash is replaced.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "config/fault.h"

namespace forkloom::config {

struct Statement {
  std::string name;  // as written
  std::vector<std::string> arguments;
  std::size_t line = 0;  // from 1; of a continued line, its first
  std::string source;    // the line without surrounding white space
};

struct Document {
  std::vector<Statement> statements;
  std::vector<Diagnostic> diagnostics;
};

// Reads all of `text`, whatever is wrong in it; `file` names it in the diagnostics.
Document read_document(std::string_view text, std::string_view file);

// The words of one line.
Checked<std::vector<std::string>> read_words(std::string_view line);

// The argument as it stands in a file, in quotes where it needs them. It must not hold a line
// feed or NUL, which no line can hold.
std::string quote(std::string_view argument);

}  // namespace forkloom::config
