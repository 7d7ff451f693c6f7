#include "os/file_facts.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <sys/stat.h>

#include "os/stat_facts.h"

namespace forkloom::os {
namespace {

FileFacts::Kind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileFacts::Kind::kRegular;
  if (S_ISDIR(mode)) return FileFacts::Kind::kFolder;
  return FileFacts::Kind::kOther;
}

// A file system may hold times far beyond those of nanoseconds in 64 bits. The nearest that still
// leaves room to reckon with stands for them: 146 years about 1970.
WallTime time_from(const timespec& time) {
  constexpr std::int64_t kMost =
      std::chrono::duration_cast<std::chrono::seconds>(WallTime::duration::max()).count() / 2;
  const std::chrono::seconds whole(
      std::clamp<std::int64_t>(static_cast<std::int64_t>(time.tv_sec), -kMost, kMost));
  return WallTime(whole + std::chrono::nanoseconds(time.tv_nsec));
}

}  // namespace

FileFacts facts_from(const struct stat& found) {
  return {.kind = kind_of(found.st_mode),
          .size = static_cast<std::uint64_t>(found.st_size),
          .inode = found.st_ino,
          .device = found.st_dev,
          .modified = time_from(found.st_mtim)};
}

Result<FileFacts> facts_of(int fd) {
  struct stat found {};
  if (::fstat(fd, &found) != 0) return fail(Error::from_errno(errno, "fstat"));
  return facts_from(found);
}

Result<FileFacts> facts_of_path(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return fail(Error::from_errno(errno, path));
  return facts_from(found);
}

std::optional<FileFacts> facts_if_there(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return facts_from(found);
}

}  // namespace forkloom::os
