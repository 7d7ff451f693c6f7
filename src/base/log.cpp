#include "base/log.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace forkloom {
namespace {

constexpr std::array<std::string_view, 7> kNames = {"crit", "error", "warn",  "notice",
                                                    "info", "debug", "trace1"};

}  // namespace

std::string_view level_name(Level level) { return kNames[static_cast<std::size_t>(level)]; }

std::optional<Level> parse_level(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower == "emerg" || lower == "alert") return Level::kCritical;
  if (lower.size() == 6 && lower.starts_with("trace") && lower[5] >= '1' && lower[5] <= '8') {
    return Level::kTrace;
  }
  const auto* found = std::find(kNames.begin(), kNames.end(), lower);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Level>(found - kNames.begin());
}

}  // namespace forkloom
