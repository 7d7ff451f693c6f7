#include "routing/sections.h"

#include <algorithm>
#include <optional>

#include "os/file_kind.h"
#include "routing/prefix.h"
#include "routing/wildcard.h"

namespace forkloom::routing {
namespace {

using Kind = config::Section::Kind;

// "/" has none, "/srv/www" two.
std::size_t count_segments(std::string_view path) {
  return path == "/" ? 0 : static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

// The first `segments` of `folder`; "" where it has fewer. `folder` is "" for the root.
std::string_view leading(std::string_view folder, std::size_t segments) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < segments; ++i) {
    if (end == folder.size()) return {};
    end = std::min(folder.find('/', end + 1), folder.size());
  }
  return folder.substr(0, end);
}

}  // namespace

Sections::Sections(const config::Host& host) {
  for (const config::Section& section : host.sections) {
    switch (section.kind) {
      case Kind::kDirectory:
        directories_.push_back(rule_of(section));
        break;
      case Kind::kDirectoryMatch:
        directory_patterns_.push_back(rule_of(section));
        break;
      case Kind::kFiles:
      case Kind::kFilesMatch:
        files_.push_back(rule_of(section));
        break;
      case Kind::kLocation:
      case Kind::kLocationMatch:
        locations_.push_back(rule_of(section));
        break;
    }
  }
  std::stable_sort(
      directories_.begin(), directories_.end(),
      [](const Rule& left, const Rule& right) { return left.segments < right.segments; });
}

Sections::Rule Sections::rule_of(const config::Section& section) {
  Rule rule;
  rule.section = &section;
  rule.number = static_cast<std::uint32_t>(all_.size());
  rule.is_wild = !section.pattern && has_wildcard(section.path);
  rule.segments = count_segments(section.path);
  all_.push_back(&section);
  for (const config::Section& inner : section.files) rule.files.push_back(rule_of(inner));
  return rule;
}

bool Sections::covers_folder(const Rule& rule, std::string_view folder) {
  const std::string& path = rule.section->path;
  if (rule.segments == 0) return path == "/";
  if (rule.is_wild) return path_wildcard_matches(path, leading(folder, rule.segments));
  return fits(path, folder);
}

bool Sections::names_folder(const Rule& rule, std::string_view folder) {
  const std::string& path = rule.section->path;
  return rule.is_wild ? path_wildcard_matches(path, folder) : path == folder;
}

bool Sections::has_file(const Rule& rule, std::string_view name) {
  const config::Section& section = *rule.section;
  if (section.pattern) return section.pattern->matches(name);
  return rule.is_wild ? path_wildcard_matches(section.path, name) : section.path == name;
}

bool Sections::has_location(const Rule& rule, std::string_view url_path) {
  const config::Section& section = *rule.section;
  if (section.pattern) return section.pattern->matches(url_path);
  return rule.is_wild ? path_wildcard_matches(section.path, url_path)
                      : fits(section.path, url_path);
}

void Sections::find_of_file(const std::string& file_path, std::vector<std::uint32_t>& found) const {
  const std::size_t slash = file_path.rfind('/');
  const std::string_view folder(file_path.data(), slash);
  const std::string_view name = std::string_view(file_path).substr(slash + 1);

  // A folder that was asked for without its slash is in itself, which only its kind shows.
  std::optional<bool> is_folder;
  const auto is_in_itself = [&](const Rule& rule) {
    if (name.empty() || !names_folder(rule, file_path)) return false;
    if (!is_folder) is_folder = os::file_kind(file_path) == os::FileKind::kFolder;
    return *is_folder;
  };
  const auto counts = [&](const Rule& rule) {
    return covers_folder(rule, folder) || is_in_itself(rule);
  };
  const auto has_pattern_of = [&](const Rule& rule) {
    return rule.section->pattern && rule.section->pattern->matches(file_path);
  };

  for (const Rule& rule : directories_) {
    if (counts(rule)) found.push_back(rule.number);
  }
  for (const Rule& rule : directory_patterns_) {
    if (has_pattern_of(rule)) found.push_back(rule.number);
  }
  for (const Rule& rule : files_) {
    if (has_file(rule, name)) found.push_back(rule.number);
  }
  const auto find_inner = [&](const std::vector<Rule>& files) {
    for (const Rule& rule : files) {
      if (has_file(rule, name)) found.push_back(rule.number);
    }
  };
  for (const Rule& rule : directories_) {
    if (!rule.files.empty() && counts(rule)) find_inner(rule.files);
  }
  for (const Rule& rule : directory_patterns_) {
    if (!rule.files.empty() && has_pattern_of(rule)) find_inner(rule.files);
  }
}

void Sections::find(const std::string& file_path, std::string_view url_path,
                    std::vector<std::uint32_t>& found) const {
  if (file_path.starts_with('/')) find_of_file(file_path, found);
  for (const Rule& rule : locations_) {
    if (has_location(rule, url_path)) found.push_back(rule.number);
  }
}

}  // namespace forkloom::routing
