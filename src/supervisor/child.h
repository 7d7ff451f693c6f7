#pragma once

// One child process of the server as its parent sees it, over all of its lives: it is started,
// reports, ends, and may be started again in the same row of the scoreboard. Decides nothing. Used
// by the thread that runs the loop.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "base/log.h"
#include "base/result.h"
#include "base/time.h"
#include "handoff/channel.h"
#include "handoff/inheritance.h"
#include "models/restart_policy.h"
#include "os/process.h"
#include "scoreboard/scoreboard.h"

namespace forkloom::supervisor {

struct ChildPlan {
  os::Program program;  // the descriptor number of the inheritance is appended to its arguments
  handoff::Inheritance inheritance;  // the channel is made anew for each life
};

// What is left of a life.
struct EndedChild {
  os::ProcessId pid = 0;
  os::ProcessEnd end;
  models::ChildLife life;
  std::optional<handoff::Failed> failure;                // what it reported, where it did
  std::vector<scoreboard::RunningRequest> cut_requests;  // running when it ended
};

class Child {
 public:
  struct Handlers {  // called from the loop or from ended()
    std::function<void(const handoff::Ready&)> on_ready;
    std::function<void(const handoff::Failed&)> on_failed;
  };

  Child(boost::asio::io_context& loop, scoreboard::Scoreboard& scoreboard, Log& log, ChildPlan plan,
        Handlers handlers);

  Result<void> start();
  void ask_to_stop();  // finish what runs, then exit: SIGTERM
  void kill();
  bool is_running() const { return pid_ != 0; }
  os::ProcessId pid() const { return pid_; }
  std::uint32_t number() const { return plan_.inheritance.child_number; }

  // For the caller that reaped pid(). Reads what it had still to report first.
  EndedChild ended(const os::ProcessEnd& end, SteadyTime now);

 private:
  void watch_channel();
  // Takes all reports that are there.
  void read_reports();
  void take(const handoff::Report& report);

  scoreboard::Scoreboard& scoreboard_;
  Log& log_;
  ChildPlan plan_;
  Handlers handlers_;
  boost::asio::posix::stream_descriptor channel_;  // the parent's end; closed between lives
  std::uint64_t life_ = 0;                         // counts them, for handlers of an earlier one
  os::ProcessId pid_ = 0;                          // 0 between lives
  std::optional<SteadyTime> ready_;
  std::optional<handoff::Failed> failure_;
};

}  // namespace forkloom::supervisor
