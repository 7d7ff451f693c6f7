#include "os/socket_file.h"

#include <cerrno>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace forkloom::os {

Result<SocketFile> SocketFile::adopt(std::string path) {
  struct stat found = {};
  if (::lstat(path.c_str(), &found) < 0) return fail(Error::from_errno(errno, path));
  SocketFile file;
  file.path_ = std::move(path);
  file.device_ = found.st_dev;
  file.inode_ = found.st_ino;
  return file;
}

SocketFile::SocketFile(SocketFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), device_(other.device_), inode_(other.inode_) {}

SocketFile& SocketFile::operator=(SocketFile&& other) noexcept {
  if (this != &other) {
    remove();
    path_ = std::exchange(other.path_, {});
    device_ = other.device_;
    inode_ = other.inode_;
  }
  return *this;
}

void SocketFile::remove() {
  if (path_.empty()) return;
  struct stat found = {};
  const bool is_ours =
      ::lstat(path_.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_;
  if (is_ours) ::unlink(path_.c_str());
  path_.clear();
}

}  // namespace forkloom::os
