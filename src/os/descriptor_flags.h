#pragma once

// Flags of a borrowed descriptor. Close-on-exec belongs to the descriptor; non-blocking belongs to
// the open file, and so to every process that shares it.

#include "base/result.h"

namespace forkloom::os {

Result<void> set_close_on_exec(int fd, bool is_on);
Result<void> set_non_blocking(int fd, bool is_on);

// Opens /dev/null on each of 0, 1 and 2 that this process was started without: otherwise the next
// socket would take that number, and a stray print would go to a client.
Result<void> open_missing_standard_streams();

}  // namespace forkloom::os
