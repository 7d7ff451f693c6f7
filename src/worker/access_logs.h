#pragma once

// The access logs of a process: a line for each finished request in those of its host, from any
// thread. Logs of one file share its writer.

#include <memory>
#include <string>
#include <vector>

#include "accesslog/format.h"
#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "connection/exchange.h"
#include "handoff/inheritance.h"
#include "os/log_file.h"
#include "routing/router.h"

namespace forkloom::worker {

class AccessLogs {
 public:
  // `errors` outlives the object.
  // `inheritance` has the files that this process may not open itself.
  static Result<AccessLogs> open(const routing::Router& router,
                                 const handoff::Inheritance& inheritance, Log& errors);

  void write(const connection::Exchange& exchange, bool is_complete);
  // Returns when all lines given so far are with the kernel.
  void flush();

 private:
  struct Sink {
    std::string path;
    std::unique_ptr<os::LineWriter> writer;
  };
  struct Entry {
    accesslog::Format format;
    os::LineWriter* writer = nullptr;
    std::string variable;  // "": every request
    bool wants_variable = true;
  };
  struct HostLogs {
    std::string server_name;
    std::vector<Entry> entries;
  };

  Result<os::LineWriter*> writer_of(const std::string& path,
                                    const handoff::Inheritance& inheritance, Log& errors);

  std::vector<Sink> sinks_;
  std::vector<HostLogs> hosts_;
};

}  // namespace forkloom::worker
