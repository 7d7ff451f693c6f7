#include "os/descriptor_flags.h"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>

namespace forkloom::os {
namespace {

Result<void> change(int fd, int get, int set, int flag, bool is_on) {
  const int flags = ::fcntl(fd, get);
  if (flags < 0) return fail(Error::from_errno(errno, fmt::format("descriptor {}", fd)));
  const int wanted = is_on ? flags | flag : flags & ~flag;
  if (wanted != flags && ::fcntl(fd, set, wanted) < 0) {
    return fail(Error::from_errno(errno, fmt::format("flags of descriptor {}", fd)));
  }
  return {};
}

}  // namespace

Result<void> set_close_on_exec(int fd, bool is_on) {
  return change(fd, F_GETFD, F_SETFD, FD_CLOEXEC, is_on);
}

Result<void> set_non_blocking(int fd, bool is_on) {
  return change(fd, F_GETFL, F_SETFL, O_NONBLOCK, is_on);
}

Result<void> open_missing_standard_streams() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    // The lowest free number is `fd`, since those below it are open.
    if (::open("/dev/null", O_RDWR) < 0) return fail(Error::from_errno(errno, "open /dev/null"));
  }
  return {};
}

}  // namespace forkloom::os
