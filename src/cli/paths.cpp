#include "cli/paths.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

namespace forkloom::cli {

std::string absolute_from(const std::filesystem::path& folder, std::string_view text) {
  if (text.empty()) return {};
  std::filesystem::path path = folder / text;
  if (std::find(path.begin(), path.end(), "..") == path.end()) path = path.lexically_normal();
  std::string result = path.string();
  while (result.size() > 1 && result.back() == '/') result.pop_back();
  return result;
}

std::string address_from(const std::filesystem::path& folder, std::string_view text) {
  constexpr std::string_view kUnixScheme = "unix:";
  if (!text.starts_with(kUnixScheme)) return std::string(text);
  return fmt::format("{}{}", kUnixScheme, absolute_from(folder, text.substr(kUnixScheme.size())));
}

std::string log_from(const std::filesystem::path& folder, std::string_view text) {
  if (text == "-" || text.starts_with('|')) return std::string(text);
  return absolute_from(folder, text);
}

std::string python_from(const std::filesystem::path& folder, std::string_view text) {
  std::error_code error;
  const bool is_path = text.find('/') != std::string_view::npos;
  if (!is_path && !std::filesystem::is_directory(folder / text, error)) return std::string(text);
  return absolute_from(folder, text);
}

std::string path_list_from(const std::filesystem::path& folder,
                           const std::vector<std::string>& values) {
  const std::string joined = fmt::format("{}", fmt::join(values, ":"));
  std::string list;
  for (std::string_view rest = joined;;) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    list += absolute_from(folder, rest.substr(0, colon));
    if (colon == rest.size()) return list;
    list += ':';
    rest.remove_prefix(colon + 1);
  }
}

}  // namespace forkloom::cli
