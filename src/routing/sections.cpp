#include "routing/sections.h"

#include <algorithm>
#include <optional>

#include "os/file_facts.h"

namespace forkloom::routing {
namespace {

using Kind = config::Section::Kind;

// A file path, and which directories it is in.
class FilePath {
 public:
  explicit FilePath(const Sections::File& file)
      : path_(file.path),
        folder_(path_.data(), path_.rfind('/')),
        name_(std::string_view(path_).substr(folder_.size() + 1)),
        may_be_folder_(file.may_be_folder && !name_.empty()) {}

  std::string_view name() const { return name_; }  // "" of a folder

  // A folder that was asked for without its slash is in itself, which only its kind shows.
  bool is_in(const SectionRule& rule) {
    return rule.covers_folder(folder_) ||
           (may_be_folder_ && rule.names_folder(path_) && is_folder());
  }
  bool is_in_pattern(const SectionRule& rule) const { return rule.has_pattern_of(path_); }

 private:
  bool is_folder() {
    if (!is_folder_) {
      const auto facts = os::facts_if_there(path_);
      is_folder_ = facts && facts->is_folder();
    }
    return *is_folder_;
  }

  const std::string& path_;
  std::string_view folder_;
  std::string_view name_;
  bool may_be_folder_;
  std::optional<bool> is_folder_;  // nullopt: not asked yet
};

template <typename Counts>
void collect(const std::vector<SectionRule>& rules, std::vector<std::uint32_t>& found,
             Counts counts) {
  for (const SectionRule& rule : rules) {
    if (counts(rule)) found.push_back(rule.number());
  }
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
  std::stable_sort(directories_.begin(), directories_.end(),
                   [](const SectionRule& left, const SectionRule& right) {
                     return left.segments() < right.segments();
                   });
}

SectionRule Sections::rule_of(const config::Section& section) {
  SectionRule rule(section, static_cast<std::uint32_t>(all_.size()));
  all_.push_back(&section);
  for (const config::Section& inner : section.files) rule.files.push_back(rule_of(inner));
  return rule;
}

void Sections::find_of_file(const File& file, std::vector<std::uint32_t>& found) const {
  FilePath path(file);
  const auto is_in = [&](const SectionRule& rule) { return path.is_in(rule); };
  const auto is_in_pattern = [&](const SectionRule& rule) { return path.is_in_pattern(rule); };
  const auto has_name = [&](const SectionRule& rule) { return rule.has_file(path.name()); };

  collect(directories_, found, is_in);
  collect(directory_patterns_, found, is_in_pattern);
  collect(files_, found, has_name);
  for (const SectionRule& rule : directories_) {
    if (!rule.files.empty() && is_in(rule)) collect(rule.files, found, has_name);
  }
  for (const SectionRule& rule : directory_patterns_) {
    if (!rule.files.empty() && is_in_pattern(rule)) collect(rule.files, found, has_name);
  }
}

void Sections::find(const File& file, std::string_view url_path,
                    std::vector<std::uint32_t>& found) const {
  if (file.path.starts_with('/')) find_of_file(file, found);
  collect(locations_, found, [&](const SectionRule& rule) { return rule.has_location(url_path); });
}

}  // namespace forkloom::routing
