#pragma once

// A language runtime as a worker sees it. The process's main thread is the lifecycle thread: it
// loads and ends applications. Each request thread attaches once and serves many requests.

#include <memory>
#include <string>

#include "app/exchange.h"
#include "base/result.h"
#include "base/time.h"

namespace forkloom::app {

// One request thread's standing in the runtime (for CPython, its thread states). Made, used and
// destroyed on that thread.
class RequestThread {
 public:
  virtual ~RequestThread() = default;
  // Runs the application for one request; has called finish() or abort() when it returns.
  virtual void serve(const Exchange& exchange) noexcept = 0;
};

class Runtime {
 public:
  virtual ~Runtime() = default;
  // Any thread. number counts the process's request threads from 0.
  virtual std::unique_ptr<RequestThread> attach(int number) = 0;
};

}  // namespace forkloom::app
