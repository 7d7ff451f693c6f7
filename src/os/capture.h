#pragma once

// Runs a program to its end and keeps what it prints.

#include <string>

#include "base/result.h"
#include "base/time.h"
#include "os/process.h"

namespace forkloom::os {

struct Captured {
  ProcessEnd end;
  std::string out;  // cut to kMostCaptured bytes each
  std::string err;
};

constexpr std::size_t kMostCaptured = 1U << 20;

// Standard input is /dev/null. Blocks until the program has ended and closed its output; where that
// takes longer than `limit` it is killed, and the result is an Error.
Result<Captured> run_and_capture(const Program& program, milliseconds limit);

}  // namespace forkloom::os
