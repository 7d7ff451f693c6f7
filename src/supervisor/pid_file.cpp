#include "supervisor/pid_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace forkloom::supervisor {

Result<PidFile> PidFile::write(const std::string& path, int pid) {
  PidFile file;
  if (path.empty()) return file;
  std::ofstream stream(path);
  stream << pid << '\n' << std::flush;
  if (!stream) return fail(Error::from_errno(errno, fmt::format("PidFile {}", path)));
  file.path_ = path;
  file.pid_ = pid;
  return file;
}

PidFile::PidFile(PidFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), pid_(other.pid_) {}

PidFile::~PidFile() {
  if (path_.empty()) return;
  int written = 0;
  std::ifstream(path_) >> written;
  std::error_code ignored;
  if (written == pid_) std::filesystem::remove(path_, ignored);
}

}  // namespace forkloom::supervisor
