#include "os/signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

static_assert(SIGHUP == 1 && SIGINT == 2 && SIGQUIT == 3 && SIGABRT == 6 && SIGKILL == 9 &&
              SIGUSR1 == 10 && SIGSEGV == 11 && SIGPIPE == 13 && SIGTERM == 15 && SIGCHLD == 17);

// Where the handlers write; -1 while no SignalPipe exists.
std::atomic<int> g_write_end = -1;
std::atomic<int> g_owner = -1;

void set_disposition(int number, void (*handler)(int), int flags) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, nullptr);
}

void on_signal(int number) {
  const int saved = errno;
  if (::getpid() == g_owner.load()) {
    const auto byte = static_cast<unsigned char>(number);
    // A full pipe drops the signal: its reader has thousands of others to look at already.
    [[maybe_unused]] const auto written = ::write(g_write_end.load(), &byte, 1);
  } else {
    // The signal is blocked while its handler runs: the default action follows on return.
    set_disposition(number, SIG_DFL, 0);
    ::raise(number);
  }
  errno = saved;
}

}  // namespace

std::string signal_name(int number) {
  const char* const name = ::sigabbrev_np(number);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", number);
}

void ignore(Signal signal) { set_disposition(static_cast<int>(signal), SIG_IGN, 0); }

void reset(Signal signal) { set_disposition(static_cast<int>(signal), SIG_DFL, 0); }

Result<SignalPipe> SignalPipe::open(std::span<const Signal> signals) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) {
    return fail(Error::from_errno(errno, "pipe for signals"));
  }
  SignalPipe pipe;
  pipe.read_end_.reset(ends[0]);
  pipe.write_end_.reset(ends[1]);
  g_owner = ::getpid();
  g_write_end = ends[1];
  for (const Signal signal : signals) {
    const int number = static_cast<int>(signal);
    pipe.signals_.push_back(static_cast<char>(number));
    set_disposition(number, on_signal, SA_RESTART);
  }
  return pipe;
}

SignalPipe::~SignalPipe() {
  if (!write_end_.is_open()) return;
  for (const char number : signals_) set_disposition(number, SIG_DFL, 0);
  g_write_end = -1;
}

std::optional<Signal> SignalPipe::next() {
  unsigned char byte = 0;
  ssize_t count = 0;
  do {
    count = ::read(read_end_.get(), &byte, 1);
  } while (count < 0 && errno == EINTR);
  if (count != 1) return std::nullopt;
  return static_cast<Signal>(byte);
}

}  // namespace forkloom::os
