#include "config/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"

namespace forkloom::config {

tl::unexpected<Fault> refuse_word(std::string_view text, std::string_view words) {
  return refuse(fmt::format("'{}' is not known", text), fmt::format("write {}", words));
}

Checked<std::uint64_t> read_number(std::string_view text, Range range, std::string_view unit) {
  std::string remedy = fmt::format("write a whole number{}{} from {} to {}",
                                   unit.empty() ? "" : " of ", unit, range.minimum, range.maximum);
  if (unit == "seconds" && text.ends_with("ms")) {
    return refuse(fmt::format("'{}' is in milliseconds, which are not supported here", text),
                  std::move(remedy));
  }
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) {
    return refuse(fmt::format("'{}' is not a whole number", text), std::move(remedy));
  }
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < range.minimum || number > range.maximum) {
    return refuse(fmt::format("'{}' is out of range", text), std::move(remedy));
  }
  return number;
}

Checked<bool> read_switch(std::string_view text) {
  const std::string word = lower(text);
  if (word == "on") return true;
  if (word == "off") return false;
  return refuse_word(text, "On or Off");
}

Checked<Level> read_level(std::string_view text) {
  if (const auto level = parse_level(text)) return *level;
  return refuse_word(text,
                     "emerg, alert, crit, error, warn, notice, info, debug, or trace1 to trace8");
}

Checked<std::string> read_absolute_path(std::string_view text) {
  if (!text.starts_with('/')) {
    return refuse(fmt::format("'{}' is not an absolute path", text),
                  "write the whole path, beginning with /");
  }
  return std::string(text);
}

Checked<std::string> read_log_path(std::string_view text) {
  constexpr const char* kRemedy = "write a file's path, or - for a standard stream";
  if (text.starts_with('|')) {
    return refuse("logs through a program's pipe are not supported", kRemedy);
  }
  if (text == "syslog" || text.starts_with("syslog:")) {
    return refuse("logs through syslog are not supported", kRemedy);
  }
  if (text.empty() || text.ends_with('/')) {
    return refuse(fmt::format("'{}' is not the path of a file", text), kRemedy);
  }
  return std::string(text);
}

Checked<std::string> read_interpreter(std::string_view text) {
  const bool is_bare_name = !text.empty() && text.find('/') == std::string_view::npos;
  if (text.starts_with('/') || is_bare_name) return std::string(text);
  return refuse(fmt::format("'{}' is not an absolute path", text),
                "write the whole path of an interpreter or a virtual environment, or the name of "
                "a command like python3");
}

Checked<std::vector<std::string>> read_path_list(std::string_view text) {
  std::vector<std::string> paths;
  for (;;) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    auto path = read_absolute_path(text.substr(0, colon));
    if (!path) {
      return refuse(std::move(path.error().problem),
                    "write absolute paths with one colon between each two");
    }
    paths.push_back(std::move(*path));
    if (colon == text.size()) return paths;
    text.remove_prefix(colon + 1);
  }
}

Checked<std::string> read_account(std::string_view text) {
  const std::string_view number = text.starts_with('#') ? text.substr(1) : std::string_view("0");
  const bool is_number = !number.empty() && std::all_of(number.begin(), number.end(), is_digit);
  const bool has_blank = std::any_of(text.begin(), text.end(), is_blank);
  if (text.empty() || !is_number || has_blank) {
    return refuse(fmt::format("'{}' is neither a name nor a number", text),
                  "write a name like www-data, or #33");
  }
  return std::string(text);
}

Checked<std::string> read_any_text(std::string_view text) {
  if (text.empty()) return refuse("the value is empty", "write one, or remove the line");
  return std::string(text);
}

Checked<std::string> read_server_tokens(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kWords = {{
      {"full", "Full"},
      {"os", "OS"},
      {"minimal", "Minimal"},
      {"min", "Minimal"},
      {"minor", "Minor"},
      {"major", "Major"},
      {"prod", "Prod"},
      {"productonly", "Prod"},
  }};
  const std::string word = lower(text);
  for (const auto& [written, meant] : kWords) {
    if (word == written) return std::string(meant);
  }
  return refuse_word(text, "Full, OS, Minimal, Minor, Major or Prod");
}

}  // namespace forkloom::config
