#pragma once

// Configuration files on the disk. Safe from any thread.

#include <string>
#include <vector>

#include "config/source_files.h"

namespace forkloom::cli {

class DiskFiles final : public config::SourceFiles {
 public:
  // A regular file of at most 16 MiB.
  Result<std::string> read(const std::string& path) const override;

  // Paths are absolute. Of a folder, and of each that a pattern matches: the files of each folder
  // below it sorted by name, as httpd reads them. Names that begin with "." are left out, links are
  // followed. A link that leads nowhere is found: what it should hold is missing, which reading it
  // tells.
  Result<std::vector<std::string>> find(const std::string& path) const override;
};

}  // namespace forkloom::cli
