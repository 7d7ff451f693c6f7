#pragma once

// One section's question: does it count for this path? Immutable, any thread.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "config/site.h"

namespace forkloom::routing {

class SectionRule {
 public:
  SectionRule(const config::Section& section, std::uint32_t number);  // section: borrowed

  std::uint32_t number() const { return number_; }
  std::size_t segments() const { return segments_; }  // of its path; "/" has none

  // Of a <Directory>: whether it is `folder` or has it within. `folder` is absolute and without a
  // slash at its end, so "" is the root.
  bool covers_folder(std::string_view folder) const;
  // Whether it is exactly `path`.
  bool names_folder(std::string_view path) const;

  // Of the Match forms.
  bool has_pattern_of(std::string_view text) const;
  // Of <Files> and <FilesMatch>.
  bool has_file(std::string_view name) const;
  // Of <Location> and <LocationMatch>.
  bool has_location(std::string_view url_path) const;

  std::vector<SectionRule> files;  // within it

 private:
  const config::Section* section_;
  std::uint32_t number_;
  bool is_wild_;
  std::size_t segments_;
};

}  // namespace forkloom::routing
