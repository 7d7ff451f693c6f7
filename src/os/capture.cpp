#include "os/capture.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "os/descriptor.h"

namespace forkloom::os {
namespace {

Result<std::pair<UniqueFd, UniqueFd>> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) < 0) return fail(Error::from_errno(errno, "pipe for output"));
  return std::pair(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

// Reads once what is there; closes the descriptor at its end.
void take(UniqueFd& fd, std::string& into) {
  std::array<char, 8192> buffer;
  const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) {
    fd.reset();
    return;
  }
  into.append(buffer.data(),
              std::min(static_cast<std::size_t>(count), kMostCaptured - into.size()));
}

// false where the deadline came first.
bool read_both(UniqueFd& out, std::string& out_text, UniqueFd& err, std::string& err_text,
               SteadyTime deadline) {
  while (out.is_open() || err.is_open()) {
    const auto left = duration_cast<milliseconds>(deadline - SteadyClock::now());
    if (left.count() <= 0) return false;
    std::array<pollfd, 2> polled = {pollfd{out.get(), POLLIN, 0}, pollfd{err.get(), POLLIN, 0}};
    const int ready = ::poll(polled.data(), polled.size(), static_cast<int>(left.count()) + 1);
    if (ready <= 0) continue;
    if (polled[0].revents != 0) take(out, out_text);
    if (polled[1].revents != 0) take(err, err_text);
  }
  return true;
}

}  // namespace

Result<Captured> run_and_capture(const Program& program, milliseconds limit) {
  auto out = make_pipe();
  if (!out) return fail(std::move(out).error());
  auto err = make_pipe();
  if (!err) return fail(std::move(err).error());
  const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!nothing.is_open()) return fail(Error::from_errno(errno, "open /dev/null"));

  const SteadyTime deadline = SteadyClock::now() + limit;
  const auto pid = spawn(program, {}, {nothing.get(), out->second.get(), err->second.get()});
  if (!pid) return fail(pid.error());
  out->second.reset();
  err->second.reset();

  Captured captured;
  const bool is_in_time = read_both(out->first, captured.out, err->first, captured.err, deadline);
  if (!is_in_time) send_signal(*pid, Signal::kKill);
  const auto end = wait_for(*pid);
  if (!end) return fail(end.error());
  if (!is_in_time) {
    return fail(fmt::format("{} did not end within {} s", program.executable,
                            duration_cast<seconds>(limit).count()));
  }
  captured.end = *end;
  return captured;
}

}  // namespace forkloom::os
