#include "os/resource_limits.h"

#include <cerrno>

#include <sys/resource.h>

namespace forkloom::os {

Result<std::uint64_t> raise_descriptor_limit() {
  rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) {
    return fail(Error::from_errno(errno, "limit of open files"));
  }
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) < 0) {
    return fail(Error::from_errno(errno, "raising the limit of open files"));
  }
  return limit.rlim_cur;
}

}  // namespace forkloom::os
