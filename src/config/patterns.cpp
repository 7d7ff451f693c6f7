#include "config/patterns.h"

#include <utility>

#include <fmt/format.h>

namespace forkloom::config {

Checked<Pattern> read_pattern(std::string_view text, Pattern::Case letter_case) {
  auto pattern = Pattern::compile(text, letter_case);
  if (!pattern) {
    return refuse(
        fmt::format("the pattern '{}' cannot be read: {}", text, pattern.error().message()),
        "write a regular expression in Perl's language");
  }
  return std::move(*pattern);
}

}  // namespace forkloom::config
