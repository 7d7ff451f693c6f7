#pragma once

// The application of one target, loaded by the first thread that needs it. Any thread; the threads
// that need it meanwhile wait, detached.

#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/exchange.h"
#include "base/log.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/attached_guard.h"
#include "wsgi/code_unit.h"
#include "wsgi/load_failure.h"

namespace forkloom::wsgi {

// For which request code is loaded.
struct LoadReason {
  Log& log;
  std::string_view request_id;
  bool is_daemon = false;  // the process belongs to a group of daemon processes
};

class TargetCode {
 public:
  // `unit` is the target's, and outlives it.
  TargetCode(const app::Target& target, CodeUnit& unit) : target_(target), unit_(unit) {}
  TargetCode(const TargetCode&) = delete;
  TargetCode& operator=(const TargetCode&) = delete;

  // Detached: the script as it stands now, where the place wants changed ones to be loaded again.
  Loaded<std::optional<ScriptStamp>> look(const app::Place& place) const;

  // The application. With a stamp, of that state of the script: what is loaded of another, or whose
  // reload_required(path) is true, is loaded again. A failure is not kept: the next request tries
  // anew, but those that waited for an attempt share its outcome.
  Loaded<python::PyRef> application(python::Attached& py, const std::optional<ScriptStamp>& stamp,
                                    const LoadReason& reason);

 private:
  python::PyRef at_hand(python::Attached& py, const CodeUnit::Version& version);
  // Whether the file is in another state than what was loaded. Detaches.
  bool has_changed(python::Attached& py, const CodeUnit::Version& version) const;
  bool asks_for_reload(python::Attached& py, const CodeUnit::Version& version,
                       const LoadReason& reason) const;
  Loaded<python::PyRef> load(python::Attached& py, const LoadReason& reason);

  const app::Target target_;
  CodeUnit& unit_;

  AttachedGuard guard_;  // of the next two
  python::PyRef callable_;
  std::uint64_t number_ = 0;  // of the version that callable_ is from

  // Written by the holder of unit_.loading().
  std::atomic<std::uint64_t> failures_ = 0;
  int last_status_ = 0;
};

}  // namespace forkloom::wsgi
