#pragma once

// Single values of directives: text to value, with the Fault that says what would be right.
// Nothing here looks at the file system. Pure functions, safe from any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "config/fault.h"
#include "config/letters.h"
#include "config/settings.h"

namespace forkloom::config {

struct Range {
  std::uint64_t minimum = 0;
  std::uint64_t maximum = 0;
};

// Decimal digits only. `unit` ("seconds", or "") is for the Fault's remedy.
Checked<std::uint64_t> read_number(std::string_view text, Range range, std::string_view unit);
// On or Off, in any case.
Checked<bool> read_switch(std::string_view text);
Checked<Level> read_level(std::string_view text);

Checked<std::string> read_absolute_path(std::string_view text);
// A path as it stands, or "-" for a standard stream.
Checked<std::string> read_log_path(std::string_view text);
// An absolute path, or a command's bare name ("python3").
Checked<std::string> read_interpreter(std::string_view text);
// Absolute paths with colons between them.
Checked<std::vector<std::string>> read_path_list(std::string_view text);

// A user or group: a name, or "#123".
Checked<std::string> read_account(std::string_view text);
// Anything but nothing.
Checked<std::string> read_any_text(std::string_view text);
// Full, OS, Minimal, Minor, Major or Prod, and Apache's longer and shorter forms, in any case;
// returns the one of these six that is meant.
Checked<std::string> read_server_tokens(std::string_view text);

// The Fault for a text that is none of a few words; `words` is "On or Off".
tl::unexpected<Fault> refuse_word(std::string_view text, std::string_view words);

// The words of find_word(): "Auto, On or Off".
template <typename Words>
std::string listed(const Words& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i].first;
  }
  return text;
}

// The value of a word in any letter case; `words` is an array of pairs of word and value.
template <typename Words>
auto find_word(std::string_view text, const Words& words)
    -> std::optional<typename Words::value_type::second_type> {
  for (const auto& [word, value] : words) {
    if (lower(text) == lower(word)) return value;
  }
  return std::nullopt;
}

}  // namespace forkloom::config
