#pragma once

// The table in shared memory that tells what each process and each of its threads does: written
// by the children, read by the parent. A row is written by one thread and read by any process at
// any time; a reader sees a request either whole or not at all (sequence lock).

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"
#include "os/memory_file.h"

namespace forkloom::scoreboard {

enum class ThreadState : std::uint8_t { kUnused, kIdle, kRunning };
enum class ProcessState : std::uint8_t { kUnused, kStarting, kReady, kStopping };

struct RunningRequest {
  std::string request_id;
  std::string line;           // "GET /path?query", cut to kLineSize bytes
  std::int64_t start_us = 0;  // wall clock, microseconds since 1970
};

// Read by the parent: a copy of one thread's row.
struct ThreadView {
  ThreadState state = ThreadState::kUnused;
  std::uint64_t requests = 0;  // finished
  std::optional<RunningRequest> running;
};

constexpr std::size_t kLineSize = 240;
constexpr std::size_t kIdSize = 16;

// A thread's row as its owner writes it. Lives in the mapping: no pointer, lock free.
class alignas(64) ThreadRow {
 public:
  void set_idle();
  // request_id: kIdSize bytes at most. Costs no lock and no system call.
  void begin(std::string_view request_id, std::string_view method, std::string_view target,
             std::int64_t start_us);
  void end();  // counts the request, then idle
  ThreadView view() const;
  void clear();

 private:
  std::atomic<std::uint32_t> sequence_;  // odd while being written
  std::atomic<ThreadState> state_;
  std::atomic<std::uint64_t> requests_;
  std::atomic<std::int64_t> start_us_;
  std::atomic<std::uint32_t> line_length_;
  std::array<std::atomic<std::uint64_t>, kIdSize / 8> id_;
  std::array<std::atomic<std::uint64_t>, kLineSize / 8> line_;
};

class Scoreboard {
 public:
  // The parent makes it, with room for `processes` x `threads` rows; all unused.
  static Result<Scoreboard> create(std::uint32_t processes, std::uint32_t threads);
  // A child maps the one that it inherited. The descriptor is borrowed.
  static Result<Scoreboard> map(int fd);

  std::uint32_t processes() const;
  std::uint32_t threads() const;
  // For the child to inherit; -1 in a child.
  int fd() const { return fd_.get(); }

  ThreadRow& thread(std::uint32_t process, std::uint32_t thread);
  const ThreadRow& thread(std::uint32_t process, std::uint32_t thread) const;
  void set_process(std::uint32_t process, ProcessState state, std::int32_t pid);
  ProcessState process_state(std::uint32_t process) const;
  std::int32_t process_pid(std::uint32_t process) const;

  // Requests that the process was running, for the log when it died.
  std::vector<RunningRequest> running_requests(std::uint32_t process) const;
  void clear_process(std::uint32_t process);

 private:
  struct Header;
  struct ProcessRow;
  Scoreboard() = default;
  const Header& header() const;
  ProcessRow& process(std::uint32_t process) const;

  os::UniqueFd fd_;  // of the parent; a child's is borrowed, so not held
  os::SharedMapping mapping_;
};

}  // namespace forkloom::scoreboard
