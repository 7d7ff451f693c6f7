#pragma once

// The error log as every room sees it: an interface, so that no room but `os` knows where lines
// go. Safe from any thread; a line is written whole.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace forkloom {

// Apache's LogLevel names, from the most to the least urgent.
enum class Level : std::uint8_t {
  kCritical,
  kError,
  kWarning,
  kNotice,
  kInfo,
  kDebug,
  kTrace,
};

std::string_view level_name(Level level);
// "crit", "error", "warn", "notice", "info", "debug", "trace1" to "trace8" (also "emerg" and
// "alert", which mean kCritical), in any case.
std::optional<Level> parse_level(std::string_view name);

class Log {
 public:
  virtual ~Log() = default;

  bool is_on(Level level) const { return level <= threshold_; }

  template <typename... Args>
  void write(Level level, fmt::format_string<Args...> format, Args&&... args) {
    if (is_on(level)) emit(level, {}, fmt::format(format, std::forward<Args>(args)...));
  }
  // A line that belongs to one request; request_id is its forkloom.request_id.
  template <typename... Args>
  void write_for(std::string_view request_id, Level level, fmt::format_string<Args...> format,
                 Args&&... args) {
    if (is_on(level)) emit(level, request_id, fmt::format(format, std::forward<Args>(args)...));
  }

  template <typename... Args>
  void error(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::kError, format, std::forward<Args>(args)...);
  }
  template <typename... Args>
  void warning(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::kWarning, format, std::forward<Args>(args)...);
  }
  template <typename... Args>
  void notice(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::kNotice, format, std::forward<Args>(args)...);
  }
  template <typename... Args>
  void info(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::kInfo, format, std::forward<Args>(args)...);
  }
  template <typename... Args>
  void debug(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::kDebug, format, std::forward<Args>(args)...);
  }

 protected:
  explicit Log(Level threshold) : threshold_(threshold) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // text may hold several lines (a traceback): the sink writes each with the same prefix.
  virtual void emit(Level level, std::string_view request_id, std::string_view text) noexcept = 0;

 private:
  Level threshold_;
};

}  // namespace forkloom
