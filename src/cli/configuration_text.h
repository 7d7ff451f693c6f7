#pragma once

// The options of a command as configuration text, a directive per line, which the parser of files
// reads: there is one way in.

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "config/parser.h"

namespace forkloom::cli {

class ConfigurationText {
 public:
  // `origin` is what the line stands for ("--bind"), in messages and wherever an Origin is told.
  void add(std::string_view origin, std::string_view directive,
           const std::vector<std::string>& arguments);
  // What is wrong with an option that has no line.
  void add_error(std::string_view origin, config::Fault fault);

  // Every error of the options, then of the text and what it includes. Relative paths of included
  // files are seen from `server_root`.
  tl::expected<config::Configuration, std::vector<config::Diagnostic>> read(
      const std::string& server_root) &&;

 private:
  std::string text_;
  std::vector<std::string> origins_;  // of each line
  std::vector<config::Diagnostic> errors_;
};

}  // namespace forkloom::cli
