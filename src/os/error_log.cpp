#include "os/error_log.h"

#include <cerrno>
#include <mutex>
#include <string_view>
#include <utility>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include "base/time.h"
#include "os/log_file.h"
#include "os/log_text.h"

namespace forkloom::os {
namespace {

constexpr seconds kLookInterval{1};
// What stands before each line; spdlog's logger name carries Apache's name of the level.
constexpr const char* kPrefix = "%Y-%m-%d %H:%M:%S.%f [%n] [pid %P:tid %t] ";

void become(int standard, int fd) {
  while (::dup2(fd, standard) < 0 && errno == EINTR) {
  }
}

void take_over_streams(int fd, TakesOver takes_over) {
  if (takes_over == TakesOver::kNothing) return;
  become(STDERR_FILENO, fd);
  if (takes_over == TakesOver::kStandardErrorAndOutput) become(STDOUT_FILENO, fd);
}

// Writes a message's lines, each after the same prefix, with one call. base_sink's mutex guards
// all of it.
class FileSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  FileSink(LogFile file, TakesOver takes_over)
      : base_sink(std::make_unique<spdlog::pattern_formatter>(
            kPrefix, spdlog::pattern_time_type::local, std::string())),
        file_(std::move(file)),
        takes_over_(takes_over),
        last_look_(SteadyClock::now()) {
    take_over_streams(file_.fd(), takes_over_);
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    look_for_a_moved_file();
    prefix_.clear();
    formatter_->format(message, prefix_);
    lines_.clear();
    append_prefixed({prefix_.data(), prefix_.size()},
                    {message.payload.data(), message.payload.size()}, lines_);
    if (auto written = file_.write(lines_); !written) complain(written.error());
  }
  void flush_() override {}

  void look_for_a_moved_file() {
    const SteadyTime now = SteadyClock::now();
    if (now - last_look_ < kLookInterval) return;
    last_look_ = now;
    const int before = file_.fd();
    if (auto opened = file_.reopen_if_moved(); !opened) complain(opened.error());
    if (file_.fd() != before) take_over_streams(file_.fd(), takes_over_);
  }

  // The error log cannot log its own failure: standard error is the last place left.
  static void complain(const Error& error) {
    const std::string text = "error log: " + error.message() + "\n";
    [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, text.data(), text.size());
  }

  LogFile file_;
  TakesOver takes_over_;
  SteadyTime last_look_;
  spdlog::memory_buf_t prefix_;
  std::string lines_;
};

class ErrorLog final : public Log {
 public:
  ErrorLog(Level threshold, LogFile file, TakesOver takes_over)
      : Log(threshold), sink_(std::move(file), takes_over) {}

 private:
  void emit(Level level, std::string_view request_id, std::string_view text) noexcept override {
    const std::string payload = printable_lines(request_id, text);
    const std::string_view name = level_name(level);
    spdlog::details::log_msg message({name.data(), name.size()}, spdlog::level::off,
                                     {payload.data(), payload.size()});
    // spdlog keeps the number per thread, which is the parent's after a fork.
    message.thread_id = static_cast<std::size_t>(::gettid());
    sink_.log(message);
  }

  FileSink sink_;
};

}  // namespace

Result<std::unique_ptr<Log>> open_error_log(const std::string& path, Level threshold,
                                            TakesOver takes_over, int inherited) {
  const bool is_standard = path.empty() || path == "-";
  auto file = LogFile::open(is_standard ? "-" : path, STDERR_FILENO, inherited);
  if (!file) return fail(std::move(file.error()).within("error log"));
  return std::make_unique<ErrorLog>(threshold, std::move(*file),
                                    is_standard ? TakesOver::kNothing : takes_over);
}

}  // namespace forkloom::os
