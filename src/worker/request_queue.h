#pragma once

// Requests on their way from the network thread to the request threads. The thread that parked
// last is woken first: its stack and caches are warm, and the others sleep on.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "connection/exchange.h"

namespace forkloom::worker {

class RequestQueue {
 public:
  // Network thread. Borrowed; the queue does not look behind the pointer.
  void push(connection::Exchange* exchange);
  // Request threads; waits. nullptr once closed and empty.
  connection::Exchange* pop();
  void close();

 private:
  struct Parked {
    std::condition_variable wake;
    connection::Exchange* given = nullptr;
    bool is_released = false;
  };

  std::mutex mutex_;
  std::deque<connection::Exchange*> waiting_;
  std::vector<Parked*> parked_;
  bool is_closed_ = false;
};

}  // namespace forkloom::worker
