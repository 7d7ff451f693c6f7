#include "os/log_file.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

constexpr mode_t kMode = 0644;
// A standard descriptor may be a pipe that whoever started us made non-blocking.
constexpr int kMostPipeWait = 1000;  // milliseconds
constexpr milliseconds kGather{50};
constexpr seconds kLookInterval{1};
// A buffer that grew beyond this in a burst is given back.
constexpr std::size_t kMostKept = 1U << 20;

bool has_room(int fd) {
  pollfd wait{.fd = fd, .events = POLLOUT, .revents = 0};
  int ready = 0;
  do {
    ready = ::poll(&wait, 1, kMostPipeWait);
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace

Result<LogFile> LogFile::open(const std::string& path, int standard_fd, int inherited) {
  LogFile file;
  file.path_ = path;
  file.standard_fd_ = standard_fd;
  file.is_standard_ = path == "-";
  if (file.is_standard_) return file;
  const auto opened = inherited < 0 ? file.open_path()
                                    : file.take(UniqueFd(::fcntl(inherited, F_DUPFD_CLOEXEC, 0)));
  if (!opened) return fail(opened.error());
  return file;
}

Result<void> LogFile::open_path() {
  return take(
      UniqueFd(::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, kMode)));
}

Result<void> LogFile::take(UniqueFd fd) {
  struct stat found {};
  if (!fd.is_open() || ::fstat(fd.get(), &found) != 0) {
    return fail(Error::from_errno(errno, "log file " + path_));
  }
  fd_ = std::move(fd);
  device_ = found.st_dev;
  inode_ = found.st_ino;
  return {};
}

Result<void> LogFile::write(std::string_view bytes) {
  if (bytes.empty()) return {};
  Result<void> written;
  if (has_torn_line_) written = write_all("\n");
  if (written) {
    has_torn_line_ = false;
    written = write_all(bytes);
  }
  const bool was_failing = std::exchange(is_failing_, !written);
  if (!written && was_failing) return {};
  return written;
}

Result<void> LogFile::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd(), bytes.data(), bytes.size());
    if (count >= 0) {
      has_torn_line_ = count > 0 && bytes[static_cast<std::size_t>(count) - 1] != '\n';
      bytes.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    const int error = errno;
    if (error == EINTR) continue;
    if (error == EAGAIN && has_room(fd())) continue;
    return fail(Error::from_errno(error, "writing log " + path_));
  }
  has_torn_line_ = false;
  return {};
}

Result<void> LogFile::reopen_if_moved() {
  if (is_standard_) return {};
  struct stat found {};
  Result<void> opened;
  if (::stat(path_.c_str(), &found) == 0) {
    if (found.st_dev != device_ || found.st_ino != inode_) opened = open_path();
  } else if (errno == ENOENT) {
    opened = open_path();
  } else {
    opened = fail(Error::from_errno(errno, "log file " + path_));
  }
  const bool was_failing = std::exchange(is_reopen_failing_, !opened);
  if (!opened && was_failing) return {};
  return opened;
}

LineWriter::LineWriter(LogFile file, Log& errors)
    : file_(std::move(file)),
      last_look_(SteadyClock::now()),
      errors_(errors),
      thread_([this] { run(); }) {}

LineWriter::~LineWriter() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void LineWriter::append(std::string_view line) {
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    if (pending_.size() + line.size() > kMostPending) {
      ++dropped_;
      return;
    }
    is_first = pending_.empty();
    pending_.append(line);
  }
  // Only the batch's first line wakes the writer: it gathers the others while it waits.
  if (is_first) wake_.notify_one();
}

void LineWriter::flush() {
  std::unique_lock lock(mutex_);
  is_flushing_ = true;
  wake_.notify_one();
  flushed_.wait(lock, [this] { return pending_.empty() && !is_writing_; });
  is_flushing_ = false;
}

void LineWriter::run() {
  std::string batch;
  std::uint64_t lost = 0;
  bool is_last = false;
  while (!is_last) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return is_stopping_ || !pending_.empty(); });
      wake_.wait_for(lock, kGather, [this] { return is_stopping_ || is_flushing_; });
      batch.swap(pending_);
      is_writing_ = true;
      lost += std::exchange(dropped_, 0);
      is_last = is_stopping_;
    }
    write_batch(batch, lost);
    batch.clear();
    {
      const std::lock_guard lock(mutex_);
      is_writing_ = false;
    }
    flushed_.notify_all();
    if (batch.capacity() > kMostKept) batch.shrink_to_fit();
  }
}

void LineWriter::write_batch(std::string_view batch, std::uint64_t& lost) {
  if (batch.empty()) return;
  const SteadyTime now = SteadyClock::now();
  if (now - last_look_ >= kLookInterval) {
    last_look_ = now;
    if (auto opened = file_.reopen_if_moved(); !opened) {
      errors_.error("{}; writing to the file that was open before", opened.error().message());
    }
  }
  if (auto written = file_.write(batch); !written) {
    errors_.error("{}; lines are lost until this ends", written.error().message());
  }
  if (file_.is_failing()) {
    lost += static_cast<std::uint64_t>(std::count(batch.begin(), batch.end(), '\n'));
  } else if (lost > 0) {
    errors_.warning("{} log lines were dropped", std::exchange(lost, 0));
  }
}

}  // namespace forkloom::os
