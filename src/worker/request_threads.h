#pragma once

// The request threads of a process: each takes requests from the queue and runs the application.

#include <thread>
#include <vector>

#include "app/runtime.h"
#include "scoreboard/scoreboard.h"
#include "worker/request_queue.h"

namespace forkloom::worker {

class RequestThreads {
 public:
  // Starts `count` threads; `process` is this process's row of the scoreboard. All references
  // outlive the object.
  RequestThreads(int count, RequestQueue& queue, app::Runtime& runtime,
                 scoreboard::Scoreboard& scoreboard, std::uint32_t process);
  // Closes the queue and joins: waits for requests that still run.
  ~RequestThreads();
  // Leaves the threads running for the rest of the process's life, which is about to end.
  void abandon();

 private:
  void run(int number, app::Runtime& runtime, scoreboard::ThreadRow& row);

  RequestQueue& queue_;
  std::vector<std::thread> threads_;
};

}  // namespace forkloom::worker
