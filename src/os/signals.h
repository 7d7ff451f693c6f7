#pragma once

// Signals as bytes in a pipe, for a loop to read. Signals are never blocked, since every program
// that an application starts would inherit the mask.

#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::os {

enum class Signal : int {
  kHangup = 1,
  kInterrupt = 2,
  kQuit = 3,
  kAbort = 6,
  kKill = 9,
  kUser1 = 10,
  kSegmentationFault = 11,
  kPipe = 13,
  kTerminate = 15,
  kChild = 17,
};

// "SIGKILL"; "signal 77" where the number has no name.
std::string signal_name(int number);

void ignore(Signal signal);
void reset(Signal signal);  // to the default action

// Catches signals with handlers that restart interrupted calls (SA_RESTART) and write the number
// to a pipe. At most one exists in a process at a time; made, read and destroyed by one thread.
// In a process that was forked from this one without exec (multiprocessing), the handlers do what
// the default action does: such a process must not speak through the pipe of its parent.
class SignalPipe {
 public:
  static Result<SignalPipe> open(std::span<const Signal> signals);

  SignalPipe(SignalPipe&&) = default;
  SignalPipe& operator=(SignalPipe&&) = delete;
  ~SignalPipe();  // the signals have their default actions again

  // Readable while signals are pending; non-blocking.
  int fd() const { return read_end_.get(); }
  // The oldest pending signal, nullopt when there is none.
  std::optional<Signal> next();

 private:
  SignalPipe() = default;
  UniqueFd read_end_;
  UniqueFd write_end_;
  std::string signals_;  // one char each
};

}  // namespace forkloom::os
