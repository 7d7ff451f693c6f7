#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "handoff/inheritance.h"
#include "os/descriptor.h"

namespace forkloom::supervisor {

// The log files of all hosts, opened once by the parent: its children may be a user who cannot.
class LogFiles {
 public:
  static Result<LogFiles> open(const config::Settings& settings);

  // As children get them; the descriptors are borrowed.
  std::vector<handoff::Inheritance::LogFile> for_children() const;

 private:
  struct File {
    os::UniqueFd fd;
    std::string path;
  };

  Result<void> add(const std::string& path);

  std::vector<File> files_;
};

}  // namespace forkloom::supervisor
