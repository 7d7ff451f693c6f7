#include "os/process_end.h"

#include <cerrno>
#include <csignal>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

ProcessEnd from_status(int status) {
  ProcessEnd end;
  end.is_signal = WIFSIGNALED(status);
  end.number = end.is_signal ? WTERMSIG(status) : WEXITSTATUS(status);
  end.has_dumped_core = end.is_signal && WCOREDUMP(status);
  return end;
}

pid_t wait_uninterrupted(pid_t pid, int& status, int options) {
  pid_t found = 0;
  do {
    found = ::waitpid(pid, &status, options);
  } while (found < 0 && errno == EINTR);
  return found;
}

}  // namespace

std::string ProcessEnd::text() const {
  if (!is_signal) return fmt::format("exit status {}", number);
  return fmt::format("signal {}{}", signal_name(number), has_dumped_core ? " (core dumped)" : "");
}

std::optional<ReapedProcess> reap_any() {
  int status = 0;
  const pid_t pid = wait_uninterrupted(-1, status, WNOHANG);
  if (pid <= 0) return std::nullopt;
  return ReapedProcess{pid, from_status(status)};
}

Result<ProcessEnd> wait_for(ProcessId pid) {
  int status = 0;
  if (wait_uninterrupted(pid, status, 0) < 0) {
    return fail(Error::from_errno(errno, fmt::format("waiting for process {}", pid)));
  }
  return from_status(status);
}

bool send_signal(ProcessId pid, Signal signal) {
  return ::kill(pid, static_cast<int>(signal)) == 0;
}

}  // namespace forkloom::os
