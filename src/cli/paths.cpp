#include "cli/paths.h"

#include <algorithm>

namespace forkloom::cli {

std::string absolute_from(const std::filesystem::path& folder, std::string_view text) {
  if (text.empty()) return {};
  std::filesystem::path path = folder / text;
  if (std::find(path.begin(), path.end(), "..") == path.end()) path = path.lexically_normal();
  std::string result = path.string();
  while (result.size() > 1 && result.back() == '/') result.pop_back();
  return result;
}

}  // namespace forkloom::cli
