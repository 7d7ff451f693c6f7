#include "os/spool_file.h"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace forkloom::os {

std::string temporary_folder() {
  const char* const folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

Result<SpoolFile> SpoolFile::open(const std::string& folder) {
  SpoolFile file;
  file.fd_.reset(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600));
  if (!file.fd_.is_open()) {
    // Not every file system has O_TMPFILE; what else is wrong fails here in the same way.
    std::string name = folder + "/forkloom-XXXXXX";
    file.fd_.reset(::mkostemp(name.data(), O_CLOEXEC));
    if (!file.fd_.is_open()) {
      return fail(Error::from_errno(errno, fmt::format("temporary file in {}", folder)));
    }
    ::unlink(name.c_str());
  }
  return file;
}

Result<void> SpoolFile::append(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(Error::from_errno(errno, "writing a temporary file"));
    size_ += static_cast<std::uint64_t>(count);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Result<std::size_t> SpoolFile::read_at(std::uint64_t offset, std::span<char> into) const {
  ssize_t count = 0;
  do {
    count = ::pread(fd_.get(), into.data(), into.size(), static_cast<off_t>(offset));
  } while (count < 0 && errno == EINTR);
  if (count < 0) return fail(Error::from_errno(errno, "reading a temporary file"));
  return static_cast<std::size_t>(count);
}

}  // namespace forkloom::os
