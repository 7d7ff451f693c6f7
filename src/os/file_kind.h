#pragma once

// What stands at a path. Any thread.

#include <cstdint>
#include <string>

namespace forkloom::os {

enum class FileKind : std::uint8_t {
  kMissing,  // or out of this user's reach
  kRegular,
  kFolder,
  kOther,
};

// Follows symbolic links.
FileKind file_kind(const std::string& path);

}  // namespace forkloom::os
