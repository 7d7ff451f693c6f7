#pragma once

// Files in memory, for tests.

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/source_files.h"

namespace forkloom::config {

class MemoryFiles final : public SourceFiles {
 public:
  MemoryFiles() = default;
  // Names and texts.
  MemoryFiles(std::initializer_list<std::pair<const std::string, std::string>> files)
      : files_(files) {}

  Result<std::string> read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return fail(Error::from_errno(2, path));
    return found->second;
  }
  // A pattern here is a prefix before one "*".
  Result<std::vector<std::string>> find(const std::string& path) const override {
    const std::size_t star = path.find('*');
    std::vector<std::string> names;
    for (const auto& [name, text] : files_) {
      const bool is_match = star == std::string::npos ? name == path || name.starts_with(path + "/")
                                                      : name.starts_with(path.substr(0, star));
      if (is_match) names.push_back(name);
    }
    return names;
  }

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace forkloom::config
