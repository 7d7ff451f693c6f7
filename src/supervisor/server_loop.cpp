#include "supervisor/server_loop.h"

#include <array>
#include <utility>

#include "os/process_end.h"
#include "supervisor/end_report.h"

namespace forkloom::supervisor {

using boost::asio::posix::stream_descriptor;
using os::Signal;

Result<os::SignalPipe> open_server_signals() {
  // SIGUSR1 would end the process by default, and logrotate's scripts send it.
  constexpr std::array kCaught = {Signal::kTerminate, Signal::kInterrupt, Signal::kHangup,
                                  Signal::kUser1, Signal::kChild};
  os::ignore(Signal::kPipe);
  return os::SignalPipe::open(kCaught);
}

ServerLoop::ServerLoop(Plan plan, os::SignalPipe& signals, ListeningSockets& sockets,
                       scoreboard::Scoreboard& scoreboard, Log& log)
    : plan_(std::move(plan)),
      signals_(signals),
      sockets_(sockets),
      log_(log),
      signal_watch_(loop_, signals.fd()),
      restart_timer_(loop_),
      kill_timer_(loop_),
      child_(loop_, scoreboard, log, plan_.child,
             {[this](const handoff::Ready& ready) { child_is_ready(ready); },
              [this](const handoff::Failed&) { child_has_failed(); }}) {}

ServerLoop::~ServerLoop() { signal_watch_.release(); }

Outcome ServerLoop::run() {
  watch_signals();
  start_child();
  loop_.run();
  return outcome_;
}

void ServerLoop::watch_signals() {
  signal_watch_.async_wait(stream_descriptor::wait_read,
                           [this](const boost::system::error_code& error) {
                             if (error) return;
                             while (const auto signal = signals_.next()) obey(*signal);
                             watch_signals();
                           });
}

void ServerLoop::obey(Signal signal) {
  switch (signal) {
    case Signal::kTerminate:
    case Signal::kInterrupt:
      is_stopping_ ? stop_at_once() : stop(signal);
      break;
    case Signal::kHangup:
      log_.warning("SIGHUP is ignored: restart the server to read its configuration again");
      break;
    case Signal::kChild:
      reap();
      break;
    default:
      break;
  }
}

void ServerLoop::stop(Signal signal) {
  log_.notice("{}: the server stops when its requests are finished",
              os::signal_name(static_cast<int>(signal)));
  is_stopping_ = true;
  restart_timer_.cancel();
  sockets_.close();
  if (!child_.is_running()) return finish({});
  child_.ask_to_stop();
  if (plan_.graceful_timeout.count() > 0) kill_after(plan_.graceful_timeout + kGrace);
}

void ServerLoop::stop_at_once() {
  log_.warning("a second signal: the server stops at once");
  is_forced_ = true;
  child_.kill();
}

void ServerLoop::kill_after(seconds limit) {
  kill_timer_.expires_after(limit);
  kill_timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || !child_.is_running()) return;
    log_.error("child {} (pid {}) did not end in time and is killed", child_.number(),
               child_.pid());
    is_forced_ = true;
    child_.kill();
  });
}

void ServerLoop::start_child() {
  const auto started = child_.start();
  if (started) return;
  log_.error("child {} could not be started: {}", child_.number(), started.error().message());
  start_again({SteadyClock::now(), {}, false}, started.error().message());
}

void ServerLoop::child_is_ready(const handoff::Ready& ready) {
  log_.notice("child {} (pid {}) is ready{}{}", child_.number(), child_.pid(),
              ready.python_version.empty() ? "" : ": Python ", ready.python_version);
  const bool is_first = !std::exchange(has_been_ready_, true);
  if (is_first && !is_stopping_) plan_.on_first_ready(ready);
}

// It exits after that report; should something of the application keep it, it is killed.
void ServerLoop::child_has_failed() {
  if (!is_stopping_) kill_after(kGrace);
}

void ServerLoop::reap() {
  while (const auto reaped = os::reap_any()) {
    if (reaped->pid == child_.pid()) child_has_ended(reaped->end);
  }
}

void ServerLoop::child_has_ended(const os::ProcessEnd& end) {
  const EndedChild ended = child_.ended(end, SteadyClock::now());
  kill_timer_.cancel();
  if (is_stopping_) return child_has_stopped(ended);
  is_forced_ = false;
  // Where the server never came up, the terminal is told.
  if (has_been_ready_) {
    log_end(log_, Level::kError, child_.number(), ended, WallClock::now());
  }
  start_again(ended.life, start_failure(ended));
}

void ServerLoop::child_has_stopped(const EndedChild& ended) {
  // Before the child has its own handler, the signal itself ends it, and there was nothing to lose.
  const bool was_never_up = !ended.life.was_ready && ended.end.is_signal && !is_forced_;
  const bool is_graceful = ended.end.is_clean() || was_never_up;
  const bool is_quiet = is_graceful && ended.cut_requests.empty();
  log_end(log_, is_quiet ? Level::kInfo : Level::kError, child_.number(), ended, WallClock::now());
  finish({is_graceful ? 0 : 1, {}});
}

void ServerLoop::start_again(const models::ChildLife& life, const std::string& failure) {
  using Kind = models::RestartDecision::Kind;
  const auto decision = policy_.on_end(life);
  switch (decision.kind) {
    case Kind::kGiveUp:
      return finish({1, failure});
    case Kind::kStartNow:
      return start_child();
    case Kind::kWait:
      break;
  }
  const auto pause = duration_cast<milliseconds>(decision.when - life.end);
  log_.error("child {} is started again in {}.{:03} s", child_.number(), pause.count() / 1000,
             pause.count() % 1000);
  restart_timer_.expires_at(decision.when);
  restart_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !is_stopping_) start_child();
  });
}

void ServerLoop::finish(Outcome outcome) {
  outcome_ = std::move(outcome);
  sockets_.close();
  loop_.stop();
}

}  // namespace forkloom::supervisor
