#pragma once

#include <string>

#include "base/result.h"

namespace forkloom::supervisor {

// A file that holds the parent's process id while the server runs.
class PidFile {
 public:
  PidFile() = default;
  // path "": no file.
  static Result<PidFile> write(const std::string& path, int pid);

  PidFile(PidFile&& other) noexcept;
  PidFile& operator=(PidFile&&) = delete;
  // Removes the file, unless another server has written its own id meanwhile.
  ~PidFile();

 private:
  std::string path_;
  int pid_ = 0;
};

}  // namespace forkloom::supervisor
