#include "supervisor/child.h"

#include <cerrno>
#include <utility>
#include <variant>

#include "os/descriptor_flags.h"

namespace forkloom::supervisor {

using scoreboard::ProcessState;

Child::Child(boost::asio::io_context& loop, scoreboard::Scoreboard& scoreboard, Log& log,
             ChildPlan plan, Handlers handlers)
    : scoreboard_(scoreboard),
      log_(log),
      plan_(std::move(plan)),
      handlers_(std::move(handlers)),
      channel_(loop) {}

Result<void> Child::start() {
  auto channel = handoff::make_channel();
  if (!channel) return fail(std::move(channel).error());
  auto& [parent_end, child_end] = *channel;
  if (auto set = os::set_non_blocking(parent_end.get(), true); !set) return set;

  plan_.inheritance.parent_channel_fd = child_end.get();
  const auto file = handoff::write_inheritance(plan_.inheritance);
  if (!file) return fail(file.error());
  os::Program program = plan_.program;
  program.arguments.push_back(std::to_string(file->get()));
  std::vector<int> kept = handoff::named_descriptors(plan_.inheritance);
  kept.push_back(file->get());

  ready_.reset();
  failure_.reset();
  scoreboard_.clear_process(number());
  const auto pid = os::spawn(program, kept);
  if (!pid) return fail(pid.error());
  ++life_;
  pid_ = *pid;
  scoreboard_.set_process(number(), ProcessState::kStarting, pid_);
  channel_.assign(parent_end.release());
  watch_channel();
  return {};
}

void Child::ask_to_stop() {
  if (!is_running()) return;
  scoreboard_.set_process(number(), ProcessState::kStopping, pid_);
  os::send_signal(pid_, os::Signal::kTerminate);
}

void Child::kill() {
  if (is_running()) os::send_signal(pid_, os::Signal::kKill);
}

EndedChild Child::ended(const os::ProcessEnd& end, SteadyTime now) {
  if (channel_.is_open()) read_reports();
  boost::system::error_code ignored;
  channel_.close(ignored);

  EndedChild result;
  result.pid = std::exchange(pid_, 0);
  result.end = end;
  result.life = {now, ready_.value_or(SteadyTime{}), ready_.has_value()};
  result.failure = std::move(failure_);
  result.cut_requests = scoreboard_.running_requests(number());
  scoreboard_.clear_process(number());
  return result;
}

void Child::watch_channel() {
  channel_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                      [this, life = life_](const boost::system::error_code& error) {
                        if (error || life != life_ || !channel_.is_open()) return;
                        read_reports();
                        if (channel_.is_open()) watch_channel();
                      });
}

void Child::read_reports() {
  while (channel_.is_open()) {
    const auto report = handoff::receive_report(channel_.native_handle());
    if (!report && report.error().number() == EAGAIN) return;
    if (!report && report.error().number() == 0) {
      log_.error("child {} (pid {}): {}", number(), pid_, report.error().message());
      continue;
    }
    if (!report || !*report) {  // the child has closed its end: what comes next is its own end
      boost::system::error_code ignored;
      channel_.close(ignored);
      return;
    }
    take(**report);
  }
}

void Child::take(const handoff::Report& report) {
  if (const auto* const ready = std::get_if<handoff::Ready>(&report)) {
    if (ready_) return;
    ready_ = SteadyClock::now();
    if (scoreboard_.process_state(number()) == ProcessState::kStarting) {
      scoreboard_.set_process(number(), ProcessState::kReady, pid_);
    }
    handlers_.on_ready(*ready);
    return;
  }
  failure_ = std::get<handoff::Failed>(report);
  handlers_.on_failed(*failure_);
}

}  // namespace forkloom::supervisor
