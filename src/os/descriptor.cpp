#include "os/descriptor.h"

#include <unistd.h>

namespace forkloom::os {

void UniqueFd::reset(int fd) {
  // close() is not repeated after EINTR: on Linux the descriptor is gone either way.
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

}  // namespace forkloom::os
