#include "supervisor/log_files.h"

#include <algorithm>
#include <utility>

#include "os/log_file.h"
#include "os/socket.h"

namespace forkloom::supervisor {

Result<LogFiles> LogFiles::open(const config::Settings& settings) {
  LogFiles logs;
  const auto add_all = [&logs](const config::Host& host) -> Result<void> {
    if (host.error_log) {
      if (auto added = logs.add(*host.error_log); !added) return added;
    }
    for (const config::CustomLog& log : host.custom_logs) {
      if (auto added = logs.add(log.path); !added) return added;
    }
    return {};
  };
  if (auto added = add_all(settings.main); !added) return fail(std::move(added.error()));
  for (const config::Host& host : settings.virtual_hosts) {
    if (auto added = add_all(host); !added) return fail(std::move(added.error()));
  }
  return logs;
}

Result<void> LogFiles::add(const std::string& path) {
  const bool is_known = std::any_of(files_.begin(), files_.end(),
                                    [&](const File& file) { return file.path == path; });
  if (path == "-" || is_known) return {};
  auto file = os::LogFile::open(path, -1);
  if (!file) return fail(std::move(file.error()));
  auto fd = os::duplicate(file->fd());
  if (!fd) return fail(std::move(fd.error()));
  files_.push_back({std::move(*fd), path});
  return {};
}

std::vector<handoff::Inheritance::LogFile> LogFiles::for_children() const {
  std::vector<handoff::Inheritance::LogFile> logs;
  for (const File& file : files_) logs.push_back({file.fd.get(), file.path});
  return logs;
}

}  // namespace forkloom::supervisor
