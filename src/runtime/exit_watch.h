#pragma once

// Ends the process when its end takes too long: Python's exit hooks and the threads that an
// application left behind may block for ever.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "base/time.h"

namespace forkloom::runtime {

class ExitWatch {
 public:
  ExitWatch(milliseconds limit, int exit_status, Log& log);
  // In time: the watch is over.
  ~ExitWatch();
  ExitWatch(const ExitWatch&) = delete;
  ExitWatch& operator=(const ExitWatch&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace forkloom::runtime
