#pragma once

// What the system knows of a file without reading it.

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace forkloom::os {

struct FileFacts {
  enum class Kind : std::uint8_t { kRegular, kFolder, kOther };
  Kind kind = Kind::kOther;
  std::uint64_t size = 0;  // bytes
  std::uint64_t inode = 0;
  std::uint64_t device = 0;
  WallTime modified;  // nanoseconds kept where the file system keeps them

  bool is_regular() const { return kind == Kind::kRegular; }
  bool is_folder() const { return kind == Kind::kFolder; }
};

// Of what the borrowed descriptor refers to.
Result<FileFacts> facts_of(int fd);
// Of what the path leads to, links followed. Nothing is opened.
Result<FileFacts> facts_of_path(const std::string& path);
// The same for a path that most often leads nowhere: nullopt costs no text of an error.
std::optional<FileFacts> facts_if_there(const std::string& path);

}  // namespace forkloom::os
