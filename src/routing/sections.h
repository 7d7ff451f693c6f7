#pragma once

// Which sections of a host count for a request, in the order in which Apache merges them:
// <Directory> from the shortest path to the longest, <DirectoryMatch>, <Files> of the host, <Files>
// within those directories, <Location>; each in the order of the file. Immutable, any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/site.h"

namespace forkloom::routing {

class Sections {
 public:
  explicit Sections(const config::Host& host);  // borrowed

  bool are_none() const { return all_.empty(); }

  // Appends the numbers of those that count. `file_path` is absolute, with a slash at its end where
  // the URL says that it is a folder; "" where there is no file. Asks the file system only where a
  // section names that very path.
  void find(const std::string& file_path, std::string_view url_path,
            std::vector<std::uint32_t>& found) const;

  const config::PathSettings& settings(std::uint32_t number) const {
    return all_[number]->settings;
  }

 private:
  struct Rule {
    const config::Section* section = nullptr;
    std::uint32_t number = 0;
    bool is_wild = false;
    std::size_t segments = 0;  // of its path
    std::vector<Rule> files;   // within a directory
  };

  Rule rule_of(const config::Section& section);
  static bool covers_folder(const Rule& rule, std::string_view folder);
  static bool names_folder(const Rule& rule, std::string_view folder);
  static bool has_file(const Rule& rule, std::string_view name);
  static bool has_location(const Rule& rule, std::string_view url_path);
  void find_of_file(const std::string& file_path, std::vector<std::uint32_t>& found) const;

  std::vector<const config::Section*> all_;  // by number
  std::vector<Rule> directories_;
  std::vector<Rule> directory_patterns_;
  std::vector<Rule> files_;
  std::vector<Rule> locations_;
};

}  // namespace forkloom::routing
