#pragma once

// The access log of a process: a line for each finished request, from any thread.

#include <memory>

#include "accesslog/format.h"
#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "connection/exchange.h"
#include "os/log_file.h"

namespace forkloom::worker {

class AccessLog {
 public:
  // nullptr where the settings want none.
  static Result<std::unique_ptr<AccessLog>> open(const config::Settings& settings, Log& errors);

  void write(const connection::Exchange& exchange, bool is_complete);
  // Returns when all lines given so far are with the kernel.
  void flush() { writer_.flush(); }

 private:
  AccessLog(accesslog::Format format, os::LogFile file, std::string server_name, Log& errors);

  const accesslog::Format format_;
  const std::string server_name_;
  os::LineWriter writer_;
};

}  // namespace forkloom::worker
