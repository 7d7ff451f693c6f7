#pragma once

// Where the configuration's text comes from: the seam to the file system, which tests replace.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace forkloom::config {

class SourceFiles {
 public:
  virtual ~SourceFiles() = default;
  // The whole text of a file.
  virtual Result<std::string> read(const std::string& path) const = 0;
  // The files that `path` means, sorted by name: itself where it is a file, all files below it
  // where it is a folder, those that match where its segments have wildcards. Empty where there are
  // none.
  virtual Result<std::vector<std::string>> find(const std::string& path) const = 0;
};

}  // namespace forkloom::config
