#include "runtime/exit_watch.h"

#include <cstdlib>

namespace forkloom::runtime {

ExitWatch::ExitWatch(milliseconds limit, int exit_status, Log& log)
    : thread_([this, limit, exit_status, &log] {
        std::unique_lock lock(mutex_);
        if (over_.wait_for(lock, limit, [this] { return is_over_; })) return;
        log.warning(
            "the application's exit hooks or threads did not end within {} ms: the process ends "
            "without them",
            limit.count());
        std::_Exit(exit_status);
      }) {}

ExitWatch::~ExitWatch() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  over_.notify_one();
  thread_.join();
}

}  // namespace forkloom::runtime
