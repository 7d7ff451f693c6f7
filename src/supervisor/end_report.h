#pragma once

// What the log tells of a child that ended.

#include <string>

#include "base/log.h"
#include "base/time.h"
#include "supervisor/child.h"

namespace forkloom::supervisor {

// One line that says how it ended, at `level`; what it reported, where it did; and one line per
// request that was cut, with the request's id and for how long it ran until `now`.
void log_end(Log& log, Level level, std::uint32_t number, const EndedChild& ended, WallTime now);

// For the terminal, where the server never came up: the child's own message (with Python's
// traceback), else how it ended.
std::string start_failure(const EndedChild& ended);

}  // namespace forkloom::supervisor
