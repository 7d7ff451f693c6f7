#pragma once

// What a command says and how it ends, and how it words what is wrong with a configuration.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "config/diagnostic.h"
#include "config/settings.h"

namespace forkloom::cli {

// Exit status where the arguments, or the configuration that they make or name, are wrong.
inline constexpr int kUsageError = 2;

struct Report {
  std::string output;    // for standard output
  std::string messages;  // for standard error
  int status = 0;        // exit status
};

// "forkloom: <message>", as a line.
std::string line_of(std::string_view message);

// What is wrong with an option of the command line.
config::Diagnostic wrong_option(std::string_view option, config::Fault fault);

// What is wrong with a line of a file begins with its place, as compilers write it; with an option
// of the command line, with "forkloom: --option".
std::string errors_text(std::span<const config::Diagnostic> errors);
// "forkloom: 3 errors in <file>"
std::string count_text(std::size_t errors, std::string_view file);
std::string warnings_text(std::span<const config::Diagnostic> warnings);

// Each statement that needs what is not built, once, with its source.
std::string refusals_text(std::span<const config::Unbuilt> unbuilt);
// The same as notes of one line each.
std::string notes_text(std::span<const config::Unbuilt> unbuilt);

}  // namespace forkloom::cli
