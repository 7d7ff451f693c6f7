#pragma once

// Apache's configuration syntax, without any directive's meaning: text to lines, a line to words,
// and words back to text. Pure functions, safe from any thread.
//
// A line is a name and arguments, separated by white space. A backslash right before the line
// feed continues the line. A line whose first character is "#" is a comment; further on, "#" is
// an ordinary character. An argument in double or single quotes may hold white space; within it,
// a backslash before that quote or before a backslash stands for the second character alone.
// Outside of quotes only the double backslash is replaced. "<Name arguments>" begins a section,
// "</Name>" ends it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"

namespace forkloom::config {

struct Line {
  std::string text;        // joined, without surrounding white space; never empty, no comment
  std::size_t number = 0;  // from 1; of a continued line, its first
};

// Takes the lines off a text, one after the other.
class LineReader {
 public:
  // Borrows `text`.
  explicit LineReader(std::string_view text);
  // The next line that says something; nullopt at the end.
  std::optional<Line> next();

 private:
  std::string take_joined();

  std::string_view rest_;
  std::size_t number_ = 0;
};

struct Phrase {
  enum class Kind : std::uint8_t { kDirective, kSectionStart, kSectionEnd };
  Kind kind = Kind::kDirective;
  std::string name;  // as written, without "<"
  std::vector<std::string> arguments;
};

// `line`: its variables replaced.
Checked<Phrase> read_phrase(std::string_view line);

// The words of one line.
Checked<std::vector<std::string>> read_words(std::string_view line);

// The argument as it stands in a file, in quotes where it needs them. It must not hold a line
// feed or NUL, which no line can hold.
std::string quote(std::string_view argument);

}  // namespace forkloom::config
