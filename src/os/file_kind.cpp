#include "os/file_kind.h"

#include <sys/stat.h>

namespace forkloom::os {

FileKind file_kind(const std::string& path) {
  struct stat found = {};
  if (::stat(path.c_str(), &found) != 0) return FileKind::kMissing;
  if (S_ISREG(found.st_mode)) return FileKind::kRegular;
  return S_ISDIR(found.st_mode) ? FileKind::kFolder : FileKind::kOther;
}

}  // namespace forkloom::os
