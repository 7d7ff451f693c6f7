#include "routing/pattern_target.h"

#include <algorithm>

namespace forkloom::routing {
namespace {

// The first "$1" that is not written "\$1"; npos where there is none.
std::size_t find_group(std::string_view target) {
  for (std::size_t at = 0; at + 1 < target.size(); ++at) {
    if (target[at] == '\\' && target[at + 1] == '$') {
      ++at;
    } else if (target[at] == '$' && target[at + 1] >= '0' && target[at + 1] <= '9') {
      return at;
    }
  }
  return std::string_view::npos;
}

void merge_slashes(std::string& path) {
  const auto end = std::unique(path.begin(), path.end(),
                               [](char left, char right) { return left == '/' && right == '/'; });
  path.erase(end, path.end());
  if (path.starts_with('/')) path.erase(0, 1);
}

}  // namespace

std::string_view behind_match(std::string_view path, const Pattern::Groups& groups) {
  const std::string_view match = groups[0];
  const auto end = static_cast<std::size_t>(match.data() - path.data()) + match.size();
  return end == 1 ? path : path.substr(end);
}

void expand_target(std::string_view target, const Pattern::Groups& groups, std::string& folder,
                   std::string& below) {
  const std::size_t group = find_group(target);
  if (group == std::string_view::npos) {
    folder = substitute(target, groups);
    if (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    return;
  }
  const std::size_t slash = target.rfind('/', group);
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  folder = substitute(target.substr(0, begin), groups);
  if (folder.size() > 1) folder.pop_back();
  below = substitute(target.substr(begin), groups);
  merge_slashes(below);
}

bool has_parent_segment(std::string_view path) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (path.substr(begin, end - begin) == "..") return true;
    begin = end + 1;
  }
  return false;
}

std::size_t script_name_size(std::string_view path, std::string_view path_info) {
  if (path.ends_with(path_info) && (path_info.empty() || path_info.front() == '/')) {
    return path.size() - path_info.size();
  }
  const auto differ =
      std::mismatch(path.rbegin(), path.rend(), path_info.rbegin(), path_info.rend()).first;
  const auto agreed = static_cast<std::size_t>(path.rend() - differ);
  return std::min(path.find('/', agreed), path.size());
}

}  // namespace forkloom::routing
