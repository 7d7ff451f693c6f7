#include "os/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

#include "os/descriptor.h"

namespace forkloom::os {
namespace {

constexpr int kFirstOther = 3;  // the first descriptor past the standard streams

// What the child tells the parent when it cannot run the program.
struct Failure {
  enum class Step : int { kStream, kKept, kAccount, kExec };
  Step step;
  int error_number;
};

// All that the child needs between fork and exec, made before the fork: from there on only
// async-signal-safe calls are allowed, so no allocation.
struct Prepared {
  const char* executable;
  char* const* arguments;
  char* const* environment;
  std::array<int, 3> streams;
  const int* kept;  // ascending, each once, the report pipe among them
  std::size_t kept_count;
  int report;
  unsigned int descriptor_limit;
  const Account* account;  // nullptr: none to take over
};

[[noreturn]] void give_up(const Prepared& prepared, Failure::Step step) {
  const Failure failure{step, errno};
  [[maybe_unused]] const auto written = ::write(prepared.report, &failure, sizeof failure);
  ::_exit(127);
}

void close_between(const Prepared& prepared, unsigned int first, unsigned int last) {
  if (first > last || ::close_range(first, last, 0) == 0) return;
  // A kernel or a container's filter without close_range.
  for (unsigned int fd = first; fd <= last && fd < prepared.descriptor_limit; ++fd) {
    ::close(static_cast<int>(fd));
  }
}

[[noreturn]] void become(const Prepared& prepared) {
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number) ::sigaction(number, &action, nullptr);

  for (int target = 0; target < kFirstOther; ++target) {
    const int source = prepared.streams[static_cast<std::size_t>(target)];
    if (source >= 0 && ::dup2(source, target) < 0) give_up(prepared, Failure::Step::kStream);
  }
  unsigned int next = kFirstOther;
  for (std::size_t i = 0; i < prepared.kept_count; ++i) {
    const int fd = prepared.kept[i];
    close_between(prepared, next, static_cast<unsigned int>(fd) - 1);
    next = static_cast<unsigned int>(fd) + 1;
    if (fd != prepared.report && ::fcntl(fd, F_SETFD, 0) < 0) {
      give_up(prepared, Failure::Step::kKept);
    }
  }
  close_between(prepared, next, ~0U);

  if (const Account* account = prepared.account; account != nullptr) {
    if (::setgroups(account->groups.size(), account->groups.data()) < 0 ||
        ::setgid(account->group) < 0 || ::setuid(account->user) < 0) {
      give_up(prepared, Failure::Step::kAccount);
    }
  }

  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execve(prepared.executable, prepared.arguments, prepared.environment);
  give_up(prepared, Failure::Step::kExec);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

unsigned int descriptor_limit() {
  rlimit limit = {};
  constexpr unsigned int kFallback = 1U << 20;
  if (::getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY) return kFallback;
  return static_cast<unsigned int>(limit.rlim_cur);
}

Error describe(const Failure& failure, const Program& program) {
  switch (failure.step) {
    case Failure::Step::kStream:
      return Error::from_errno(failure.error_number,
                               fmt::format("standard streams of {}", program.executable));
    case Failure::Step::kKept:
      return Error::from_errno(failure.error_number,
                               fmt::format("descriptors kept for {}", program.executable));
    case Failure::Step::kAccount:
      return Error::from_errno(failure.error_number,
                               fmt::format("becoming user {} and group {}", program.account->user,
                                           program.account->group));
    case Failure::Step::kExec:
      break;
  }
  return Error::from_errno(failure.error_number, program.executable);
}

}  // namespace

Result<ProcessId> spawn(const Program& program, std::span<const int> kept,
                        const StandardStreams& streams) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) < 0) return fail(Error::from_errno(errno, "pipe for exec's result"));
  UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);

  std::vector<int> open(kept.begin(), kept.end());
  open.push_back(write_end.get());
  std::sort(open.begin(), open.end());
  open.erase(std::unique(open.begin(), open.end()), open.end());
  if (open.front() < kFirstOther) {
    return fail(fmt::format("descriptor {} cannot be kept: it is a standard stream", open.front()));
  }
  const std::vector<char*> arguments = pointers(program.arguments);
  const std::vector<char*> variables = pointers(program.environment);
  const Prepared prepared{program.executable.c_str(),
                          arguments.data(),
                          variables.data(),
                          {streams.in, streams.out, streams.err},
                          open.data(),
                          open.size(),
                          write_end.get(),
                          descriptor_limit(),
                          program.account ? &*program.account : nullptr};

  // No handler of this process may run in the child before its actions are reset.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = ::fork();
  if (pid == 0) become(prepared);
  const int fork_error = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) return fail(Error::from_errno(fork_error, "fork"));

  write_end.reset();
  Failure failure{};
  ssize_t count = 0;
  do {
    count = ::read(read_end.get(), &failure, sizeof failure);
  } while (count < 0 && errno == EINTR);
  if (count == 0) return pid;
  (void)wait_for(pid);
  if (count != static_cast<ssize_t>(sizeof failure)) {
    return fail(fmt::format("{} could not be started", program.executable));
  }
  return fail(describe(failure, program));
}

void set_variable(Program& program, std::string_view name, std::string_view value) {
  const std::string start = fmt::format("{}=", name);
  std::erase_if(program.environment,
                [&](const std::string& variable) { return variable.starts_with(start); });
  program.environment.push_back(fmt::format("{}{}", start, value));
}

std::vector<std::string> environment() {
  std::vector<std::string> result;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    result.emplace_back(*variable);
  }
  return result;
}

std::optional<std::string> environment_variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

}  // namespace forkloom::os
