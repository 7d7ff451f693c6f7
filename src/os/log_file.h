#pragma once

// A log file that survives logrotate: it is opened for appending, and where the path is moved or
// removed, opened again. "-" stands for the process's standard output (access log) or standard
// error (error log), which is never reopened.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/log.h"
#include "base/result.h"
#include "base/time.h"
#include "os/descriptor.h"

namespace forkloom::os {

class LogFile {
 public:
  // Opens or creates it (0644, less the umask). `inherited`, a borrowed descriptor, is the file
  // where this process may not open it itself; -1 where there is none.
  static Result<LogFile> open(const std::string& path, int standard_fd, int inherited = -1);

  // Writes all of it with as few calls as possible. Not thread safe. A write error is returned
  // once per change of state, so that a full disk does not fill the error log. After a failure
  // in the middle of a line the next write begins on a line of its own.
  Result<void> write(std::string_view bytes);
  // Whether the last write lost bytes, also where its error was not returned again.
  bool is_failing() const { return is_failing_; }
  // Opens the path again where it is now another file, or none. Where that fails, the file that
  // was open stays in use, and the error is returned once per change of state.
  Result<void> reopen_if_moved();
  int fd() const { return is_standard_ ? standard_fd_ : fd_.get(); }

 private:
  LogFile() = default;
  Result<void> open_path();
  Result<void> take(UniqueFd fd);
  Result<void> write_all(std::string_view bytes);

  std::string path_;
  UniqueFd fd_;
  int standard_fd_ = -1;
  bool is_standard_ = false;
  std::uint64_t device_ = 0;
  std::uint64_t inode_ = 0;
  bool is_failing_ = false;
  bool is_reopen_failing_ = false;
  bool has_torn_line_ = false;  // the last write ended, by a failure, within a line
};

// Writes lines from many threads through one thread of its own, so that no other thread waits for
// the disk. At most kMostPending bytes wait; lines beyond are dropped, counted, and the count is
// logged when the disk takes lines again.
class LineWriter {
 public:
  static constexpr std::size_t kMostPending = 64U << 20;

  LineWriter(LogFile file, Log& errors);
  ~LineWriter();  // writes what is pending, then joins the thread

  // Any thread; never blocks on the disk. `line` ends with a line feed.
  void append(std::string_view line);
  // Waits until all lines appended before are written, or could not be.
  void flush();

 private:
  void run();
  void write_batch(std::string_view batch, std::uint64_t& lost);

  // The writer thread's alone, once that runs.
  LogFile file_;
  SteadyTime last_look_;
  Log& errors_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string pending_;
  std::uint64_t dropped_ = 0;  // lines, not yet logged
  std::condition_variable flushed_;
  bool is_flushing_ = false;
  bool is_writing_ = false;  // a batch is out of pending_ and not yet written
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace forkloom::os
