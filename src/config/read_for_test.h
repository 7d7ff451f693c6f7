#pragma once

// What tests of the language share: a text is read as the file "x", beside others in memory.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "config/memory_files.h"
#include "config/parser.h"

namespace forkloom::config {

// Every error, or every warning where there is no error, as it is shown, with a line feed after
// each; warnings begin with "warning: ".
inline std::string said_of(std::string_view text, const MemoryFiles& files = {},
                           const ReadOptions& options = {}) {
  const auto read = read_configuration(text, "x", files, options);
  std::string said;
  for (const Diagnostic& diagnostic : read ? read->warnings : read.error()) {
    said += (read ? "warning: " : "") + diagnostic.text() + "\n";
  }
  return said;
}

// Of a text without errors.
inline Configuration configuration_of(std::string_view text, const MemoryFiles& files = {},
                                      const ReadOptions& options = {}) {
  auto read = read_configuration(text, "x", files, options);
  if (!read) {
    ADD_FAILURE() << said_of(text, files, options);
    return {};
  }
  return std::move(*read);
}

inline Settings settings_of(std::string_view text, const MemoryFiles& files = {},
                            const ReadOptions& options = {}) {
  return configuration_of(text, files, options).settings;
}

// One line of a configuration, and what is said of it.
struct Saying {
  std::string_view line;
  // An error's text, or that of a warning behind "warning: ", without "x:1: " and the line itself;
  // "" where nothing is said.
  std::string_view said;
};

inline void expect_sayings(std::initializer_list<Saying> sayings) {
  constexpr std::string_view kWarning = "warning: ";
  for (const auto& [line, said] : sayings) {
    const std::size_t start = said.starts_with(kWarning) ? kWarning.size() : 0;
    std::string whole(said);
    if (!said.empty()) whole = whole.insert(start, "x:1: ") + "\n    " + std::string(line) + "\n";
    EXPECT_EQ(said_of(line), whole);
  }
}

}  // namespace forkloom::config
