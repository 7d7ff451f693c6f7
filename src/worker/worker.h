#pragma once

// What runs inside a child: a network thread, request threads, and the runtime between them.
// Made and run by the process's main thread, which is the runtime's lifecycle thread; while run()
// waits, that thread holds no lock of the runtime.

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "app/runtime.h"
#include "base/log.h"
#include "base/result.h"
#include "os/descriptor.h"
#include "scoreboard/scoreboard.h"
#include "worker/site.h"

namespace forkloom::worker {

// All of it outlives the worker.
struct WorkerParts {
  Site& site;
  const handoff::Inheritance& inheritance;
  app::Runtime& runtime;
  Log& log;
  scoreboard::Scoreboard& scoreboard;
  std::uint32_t child_number = 0;
  std::vector<os::UniqueFd> listeners;
  int parent_channel = -1;  // borrowed; its end of file is a wish to stop
};

enum class Ended : std::uint8_t {
  kDrained,  // every request was answered
  kCut,      // the graceful time ended first: request threads may still be running
};

class Worker {
 public:
  static Result<std::unique_ptr<Worker>> make(WorkerParts parts);
  ~Worker();

  // Serves until SIGTERM, or until the parent is gone. `ready` is called once, on the calling
  // thread, when connections are accepted. After kCut the process must end without destroying
  // the worker.
  Ended run(const std::function<void()>& ready);
  // Writes what the access log still holds; after kCut, where no destructor does.
  void flush();

 private:
  class Process;
  explicit Worker(std::unique_ptr<Process> process);
  std::unique_ptr<Process> process_;
};

}  // namespace forkloom::worker
