#include "routing/section_rule.h"

#include <algorithm>

#include "routing/prefix.h"
#include "routing/wildcard.h"

namespace forkloom::routing {
namespace {

std::size_t count_segments(std::string_view path) {
  return path == "/" ? 0 : static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

// The first `segments` of `folder`; "" where it has fewer.
std::string_view leading(std::string_view folder, std::size_t segments) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < segments; ++i) {
    if (end == folder.size()) return {};
    end = std::min(folder.find('/', end + 1), folder.size());
  }
  return folder.substr(0, end);
}

}  // namespace

SectionRule::SectionRule(const config::Section& section, std::uint32_t number)
    : section_(&section),
      number_(number),
      is_wild_(!section.pattern && has_wildcard(section.path)),
      segments_(count_segments(section.path)) {}

// A wildcard takes no slash, so only the folder of as many segments can match.
bool SectionRule::covers_folder(std::string_view folder) const {
  if (segments_ == 0) return section_->path == "/";
  if (is_wild_) return path_wildcard_matches(section_->path, leading(folder, segments_));
  return fits(section_->path, folder);
}

bool SectionRule::names_folder(std::string_view path) const {
  return is_wild_ ? path_wildcard_matches(section_->path, path) : section_->path == path;
}

bool SectionRule::has_pattern_of(std::string_view text) const {
  return section_->pattern && section_->pattern->matches(text);
}

bool SectionRule::has_file(std::string_view name) const {
  if (section_->pattern) return section_->pattern->matches(name);
  return is_wild_ ? path_wildcard_matches(section_->path, name) : section_->path == name;
}

bool SectionRule::has_location(std::string_view url_path) const {
  if (section_->pattern) return section_->pattern->matches(url_path);
  return is_wild_ ? path_wildcard_matches(section_->path, url_path)
                  : fits(section_->path, url_path);
}

}  // namespace forkloom::routing
