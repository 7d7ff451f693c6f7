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
  std::string remedy =
      fmt::format("write a whole number of {} from {} to {}", unit, range.minimum, range.maximum);
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
  if (text == "-") return std::string(text);
  if (text.starts_with('/')) return std::string(text);
  if (text.starts_with('|')) {
    return refuse("logs through a program's pipe are not supported",
                  "write a file's absolute path, or - for a standard stream");
  }
  return refuse(fmt::format("'{}' is not an absolute path", text),
                "write the whole path, beginning with /, or - for a standard stream");
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

Checked<std::string> read_server_name(std::string_view text) {
  const std::string remedy = "write a name like www.example.com, or [2001:db8::1]";
  if (text.find("://") != std::string_view::npos) {
    return refuse(fmt::format("'{}' has a scheme", text), remedy);
  }
  const bool is_bracketed = text.starts_with('[') && text.ends_with(']') && text.size() > 2;
  const std::string_view host = is_bracketed ? text.substr(1, text.size() - 2) : text;
  if (!is_bracketed && host.find(':') != std::string_view::npos) {
    return refuse(fmt::format("'{}' has a port", text), remedy);
  }
  const bool is_plausible =
      !host.empty() && std::all_of(host.begin(), host.end(), [is_bracketed](char c) {
        return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' ||
               (is_bracketed && c == ':');
      });
  if (!is_plausible) return refuse(fmt::format("'{}' is not a host's name", text), remedy);
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
