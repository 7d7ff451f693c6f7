#pragma once

// The parent's loop: obeys signals, keeps its child running, and stops it. One thread; it never
// runs application code.

#include <functional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/log.h"
#include "base/time.h"
#include "handoff/channel.h"
#include "models/restart_policy.h"
#include "os/signals.h"
#include "scoreboard/scoreboard.h"
#include "supervisor/child.h"
#include "supervisor/listening_sockets.h"

namespace forkloom::supervisor {

// The signals that the loop acts on.
Result<os::SignalPipe> open_server_signals();

// How the server ended.
struct Outcome {
  int exit_status = 0;
  std::string message;  // for standard error, as it is; "" where there is none
};

class ServerLoop {
 public:
  // Beyond graceful_timeout, which children keep themselves, before one is killed.
  static constexpr seconds kGrace{5};

  struct Plan {
    ChildPlan child;
    seconds graceful_timeout{0};  // 0: unlimited
    std::function<void(const handoff::Ready&)> on_first_ready;
  };

  // Everything is borrowed but the plan. The sockets are closed when the server begins to stop.
  ServerLoop(Plan plan, os::SignalPipe& signals, ListeningSockets& sockets,
             scoreboard::Scoreboard& scoreboard, Log& log);
  ~ServerLoop();
  ServerLoop(const ServerLoop&) = delete;
  ServerLoop& operator=(const ServerLoop&) = delete;

  // Starts the child and returns when the server has ended.
  Outcome run();

 private:
  void watch_signals();
  void obey(os::Signal signal);
  void stop(os::Signal signal);
  void stop_at_once();
  void kill_after(seconds limit);

  void start_child();
  void child_is_ready(const handoff::Ready& ready);
  void child_has_failed();
  void reap();
  void child_has_ended(const os::ProcessEnd& end);
  void child_has_stopped(const EndedChild& ended);
  // `failure` is what the terminal is told where the server never came up.
  void start_again(const models::ChildLife& life, const std::string& failure);
  void finish(Outcome outcome);

  Plan plan_;
  os::SignalPipe& signals_;
  ListeningSockets& sockets_;
  Log& log_;
  boost::asio::io_context loop_{1};
  boost::asio::posix::stream_descriptor signal_watch_;
  boost::asio::steady_timer restart_timer_;
  boost::asio::steady_timer kill_timer_;
  Child child_;
  models::RestartPolicy policy_;
  bool has_been_ready_ = false;
  bool is_stopping_ = false;
  bool is_forced_ = false;  // the child was killed by us
  Outcome outcome_;
};

}  // namespace forkloom::supervisor
