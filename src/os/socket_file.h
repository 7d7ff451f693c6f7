#pragma once

// The file of a listening UNIX socket, owned by the process that made it (the parent).

#include <cstdint>
#include <string>

#include "base/result.h"

namespace forkloom::os {

class SocketFile {
 public:
  SocketFile() = default;
  // Takes ownership of the socket file at path, as it is now.
  static Result<SocketFile> adopt(std::string path);

  SocketFile(SocketFile&& other) noexcept;
  SocketFile& operator=(SocketFile&& other) noexcept;
  ~SocketFile() { remove(); }

  const std::string& path() const { return path_; }
  // Removes the file, unless another has taken its place.
  void remove();

 private:
  std::string path_;  // "" where nothing is owned
  std::uint64_t device_ = 0;
  std::uint64_t inode_ = 0;
};

}  // namespace forkloom::os
