#pragma once

// The error log of each host: the process's own unless a virtual host names another file or level.

#include <memory>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "handoff/inheritance.h"

namespace forkloom::worker {

class ErrorLogs {
 public:
  // `main` outlives the object. `inheritance` has the files that this process may not open itself.
  static Result<ErrorLogs> open(const config::Settings& settings,
                                const handoff::Inheritance& inheritance, Log& main);

  // By the router's numbers: 0 is the main server, then the virtual hosts.
  Log& of(std::size_t host) const { return *logs_[host]; }

 private:
  std::vector<Log*> logs_;
  std::vector<std::unique_ptr<Log>> owned_;
};

}  // namespace forkloom::worker
