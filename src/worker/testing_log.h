#pragma once

// For tests: keeps what was logged, from any thread.

#include <mutex>
#include <string>
#include <string_view>

#include "base/log.h"

namespace forkloom::worker {

class TestingLog final : public Log {
 public:
  TestingLog() : Log(Level::kTrace) {}
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  void emit(Level level, std::string_view /*request_id*/, std::string_view text) noexcept override {
    const std::lock_guard lock(mutex_);
    text_.append(level_name(level)).append(" ").append(text).append("\n");
  }

  std::mutex mutex_;
  std::string text_;
};

}  // namespace forkloom::worker
