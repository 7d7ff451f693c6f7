#pragma once

// What the parent gave to this process, taken over at its start, and what it reports back.

#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "handoff/inheritance.h"
#include "os/descriptor.h"
#include "scoreboard/scoreboard.h"

namespace forkloom::worker {

struct Given {
  handoff::Inheritance inheritance;
  config::Settings settings;
  scoreboard::Scoreboard scoreboard;
  std::unique_ptr<Log> log;
  os::UniqueFd channel;
  std::vector<os::UniqueFd> listeners;

  // Tells the parent, else the log, why this process cannot serve.
  void report_failure(const std::string& message) const;
};

// Reads the inheritance, opens the logs, and shows the process as starting on the scoreboard.
Result<Given> take_over(int inheritance_fd);

}  // namespace forkloom::worker
