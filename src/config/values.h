#pragma once

// Single values of directives: text to value, with the Fault that says what would be right.
// Nothing here looks at the file system. Pure functions, safe from any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "config/fault.h"
#include "config/settings.h"

namespace forkloom::config {

struct Range {
  std::uint64_t minimum = 0;
  std::uint64_t maximum = 0;
};

// Decimal digits only. `unit` ("seconds") is for the Fault's remedy.
Checked<std::uint64_t> read_number(std::string_view text, Range range, std::string_view unit);
// On or Off, in any case.
Checked<bool> read_switch(std::string_view text);
Checked<Level> read_level(std::string_view text);

Checked<std::string> read_absolute_path(std::string_view text);
// An absolute path, or "-" for a standard stream.
Checked<std::string> read_log_path(std::string_view text);
// An absolute path, or a command's bare name ("python3").
Checked<std::string> read_interpreter(std::string_view text);
// Absolute paths with colons between them.
Checked<std::vector<std::string>> read_path_list(std::string_view text);

// A host's name or numeric address, without scheme and port.
Checked<std::string> read_server_name(std::string_view text);
// Full, OS, Minimal, Minor, Major or Prod, and Apache's longer and shorter forms, in any case;
// returns the one of these six that is meant.
Checked<std::string> read_server_tokens(std::string_view text);

// The Fault for a text that is none of a few words; `words` is "On or Off".
tl::unexpected<Fault> refuse_word(std::string_view text, std::string_view words);

}  // namespace forkloom::config
