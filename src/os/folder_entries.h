#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/file_facts.h"
#include "os/open_below.h"

namespace forkloom::os {

struct FolderEntry {
  std::string name;  // bytes, in whatever encoding
  FileFacts facts;   // of what a link leads to
};

struct FolderEntries {
  std::vector<FolderEntry> entries;  // in no order; without "." and ".."
  bool has_more = false;             // there were more than asked for
};

// Regular files and folders in the folder behind the borrowed descriptor, at most `most`. A link is
// left out where it leads nowhere or where `links` forbids it. Reads the disk: it may take a while.
Result<FolderEntries> read_folder(int fd, Links links, std::size_t most);

}  // namespace forkloom::os
