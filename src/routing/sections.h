#pragma once

// Which sections of a host count for a request, in the order in which Apache merges them:
// <Directory> from the shortest path to the longest, <DirectoryMatch>, <Files> of the host, <Files>
// within those directories, <Location>; each in the order of the file. Immutable, any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/site.h"
#include "routing/section_rule.h"

namespace forkloom::routing {

class Sections {
 public:
  explicit Sections(const config::Host& host);  // borrowed

  bool are_none() const { return all_.empty(); }

  // A file that a request is for: absolute, with a slash at its end where the URL says that it is a
  // folder; "" where there is none.
  struct File {
    const std::string& path;
    bool may_be_folder = true;  // though it has no slash
  };

  // Appends the numbers of those that count. Asks the file system only where a section names the
  // very path of what may be a folder.
  void find(const File& file, std::string_view url_path, std::vector<std::uint32_t>& found) const;

  const config::PathSettings& settings(std::uint32_t number) const {
    return all_[number]->settings;
  }

 private:
  SectionRule rule_of(const config::Section& section);
  void find_of_file(const File& file, std::vector<std::uint32_t>& found) const;

  std::vector<const config::Section*> all_;  // by number
  std::vector<SectionRule> directories_;
  std::vector<SectionRule> directory_patterns_;
  std::vector<SectionRule> files_;
  std::vector<SectionRule> locations_;
};

}  // namespace forkloom::routing
