#pragma once

// The error log: base's Log written to a file or standard error through spdlog, each line with
// time, level, process, thread and, where one is known, the request's id:
//   2026-11-24 10:15:02.123456 [error] [pid 4711:tid 4713] [req 00c0ffee00000001] text

#include <cstdint>
#include <memory>
#include <string>

#include "base/log.h"
#include "base/result.h"

namespace forkloom::os {

enum class TakesOver : std::uint8_t { kNothing, kStandardError, kStandardErrorAndOutput };

// path "-" or "": standard error. Where the path is a file, the streams named by `takes_over`
// become the same file (also after it was moved and opened again), so that what an application
// prints is not lost. `inherited`: see LogFile::open.
Result<std::unique_ptr<Log>> open_error_log(const std::string& path, Level threshold,
                                            TakesOver takes_over, int inherited = -1);

}  // namespace forkloom::os
