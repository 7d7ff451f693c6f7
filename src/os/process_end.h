#pragma once

// How child processes end, and signals to them.

#include <optional>
#include <string>

#include "base/result.h"
#include "os/signals.h"

namespace forkloom::os {

using ProcessId = int;

struct ProcessEnd {
  bool is_signal = false;  // ended by a signal
  int number = 0;          // the signal, or the exit status
  bool has_dumped_core = false;

  bool is_clean() const { return !is_signal && number == 0; }
  // "exit status 3", "signal SIGSEGV (core dumped)".
  std::string text() const;
};

struct ReapedProcess {
  ProcessId pid = 0;
  ProcessEnd end;
};

// Reaps one ended child of this process, whichever it is (as process 1 of a container, also one
// that was adopted); nullopt when none has ended. Never blocks.
std::optional<ReapedProcess> reap_any();
// Waits for one child and reaps it.
Result<ProcessEnd> wait_for(ProcessId pid);
// false where the process does not exist any more.
bool send_signal(ProcessId pid, Signal signal);

}  // namespace forkloom::os
