#pragma once

#include "connection/exchange.h"

namespace forkloom::connection {

// What stands behind the connections of a process.
class Handler {
 public:
  virtual ~Handler() = default;

  // Network thread; head and body are complete. Leads to exactly one finish() or abort() of the
  // exchange's response, now or later, from any one thread. Does not block.
  virtual void handle(Exchange& exchange) noexcept = 0;
  // The answer is with the kernel, or lost (is_complete false). From the thread that gave the
  // last byte; the exchange is not used again before it returns.
  virtual void completed(const Exchange& exchange, bool is_complete) noexcept = 0;
};

}  // namespace forkloom::connection
