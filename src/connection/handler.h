#pragma once

#include <cstdint>

#include "connection/exchange.h"
#include "connection/limits.h"
#include "os/socket.h"

namespace forkloom::connection {

// What becomes of a request's body.
struct Admission {
  // false: answer at once. A short body that is on its way is read all the same, so that the
  // connection can go on; a client that waits for 100 Continue is not asked to send it.
  bool reads_body = true;
  // Both of a body that is read because reads_body says so.
  std::uint64_t body_limit = 0;     // bytes, 0: none; beyond it the answer is 413
  bool is_chunked_refused = false;  // a chunked body is answered with 411
};

// What stands behind the connections of a process.
class Handler {
 public:
  virtual ~Handler() = default;

  // Any connection, when it is accepted: what it is allowed. Outlives the connection.
  virtual const Limits& limits(const os::SocketAddress& local) noexcept = 0;

  // Network thread; the head is complete. Says how the body is to be read.
  virtual Admission admit(Exchange& exchange) noexcept = 0;
  // Network thread; head and body are complete, or the body is not read. Leads to exactly one
  // finish() or abort() of the exchange's response, now or later, from any one thread. Does not
  // block.
  virtual void handle(Exchange& exchange) noexcept = 0;
  // An answer of the server's own is about to be made, with `status` of 400 or more. true: the
  // handler answers instead, now or later, with a `start` of its own. From the answering thread,
  // which does not use the exchange again where it is true. Not asked where no head was read.
  virtual bool answers_error(Exchange& exchange, int status) noexcept = 0;
  // The answer is with the kernel, or lost (is_complete false). From the thread that gave the
  // last byte; the exchange is not used again before it returns.
  virtual void completed(const Exchange& exchange, bool is_complete) noexcept = 0;
};

}  // namespace forkloom::connection
