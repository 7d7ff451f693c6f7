#pragma once

// Regular expressions in Perl's language, which Apache's is (PCRE2). Immutable once compiled, safe
// from any thread, cheap to copy.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace forkloom {

class Pattern {
 public:
  enum class Case : std::uint8_t { kSensitive, kIgnored };

  // Groups of the last match: [0] the whole, then "( )" by number; one that took no part is empty.
  // The views point into the subject.
  using Groups = std::vector<std::string_view>;

  // The Error says what is wrong and at which character.
  static Result<Pattern> compile(std::string_view text, Case letter_case = Case::kSensitive);

  // Whether it matches anywhere in `subject`. A subject that takes too much work (a pattern that
  // backtracks without end) does not match.
  bool matches(std::string_view subject) const;
  bool matches(std::string_view subject, Groups& groups) const;

  const std::string& text() const;
  // Two patterns are equal where they were compiled from the same text in the same way.
  bool operator==(const Pattern& other) const;

 private:
  struct Code;
  explicit Pattern(std::shared_ptr<const Code> code);
  // shared_ptr: settings are copied when they are merged, compiled code cannot be.
  std::shared_ptr<const Code> code_;
};

// `text` with "$1" to "$9" replaced by the groups, "$0" by the whole match; "\$" stands for "$".
std::string substitute(std::string_view text, const Pattern::Groups& groups);

}  // namespace forkloom
