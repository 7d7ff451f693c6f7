#include "worker/worker.h"

#include <array>
#include <future>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "connection/connection_set.h"
#include "os/identity.h"
#include "os/signals.h"
#include "os/socket.h"
#include "worker/access_log.h"
#include "worker/limits.h"
#include "worker/mounts.h"
#include "worker/request_queue.h"
#include "worker/request_threads.h"
#include "worker/route.h"
#include "worker/targets.h"

namespace forkloom::worker {
namespace asio = boost::asio;
namespace {

std::vector<std::string> mount_points(const config::Settings& settings) {
  std::vector<std::string> points;
  for (const config::Application& application : settings.applications) {
    points.push_back(application.mount_point);
  }
  return points;
}

// SIGTERM stops. The others are the parent's business: a terminal sends them to every process.
constexpr std::array kCaught = {os::Signal::kTerminate, os::Signal::kInterrupt,
                                os::Signal::kHangup};

}  // namespace

class Worker::Process final : public connection::Handler {
 public:
  Process(WorkerParts parts, std::unique_ptr<AccessLog> access_log)
      : parts_(std::move(parts)),
        limits_(connection_limits(parts_.settings)),
        mounts_(mount_points(parts_.settings)),
        targets_(make_targets(parts_.settings)),
        place_(make_place(parts_.settings, parts_.log)),
        access_log_(std::move(access_log)),
        // One thread runs the context; others post to it.
        context_(1),
        connections_(context_, *this, parts_.log),
        signals_(context_),
        parent_(context_),
        graceful_end_(context_) {}

  Ended run(const std::function<void()>& ready);
  void flush() {
    if (access_log_) access_log_->flush();
  }

  const connection::Limits& limits(const os::SocketAddress& /*local*/) noexcept override {
    return limits_;
  }
  connection::Admission admit(connection::Exchange& exchange) noexcept override;
  void handle(connection::Exchange& exchange) noexcept override;
  bool answers_error(connection::Exchange& /*exchange*/, int /*status*/) noexcept override {
    return false;
  }
  void completed(const connection::Exchange& exchange, bool is_complete) noexcept override;

 private:
  void run_network(std::promise<Result<void>> started);
  Result<void> begin();
  void watch_signals();
  void watch_parent();
  void stop(std::string_view reason);
  void cut();

  WorkerParts parts_;
  const connection::Limits limits_;
  const Mounts mounts_;
  const std::vector<app::Target> targets_;
  const app::Place place_;
  const std::unique_ptr<AccessLog> access_log_;
  RequestQueue queue_;
  asio::io_context context_;
  connection::ConnectionSet connections_;
  std::optional<os::SignalPipe> signal_pipe_;
  asio::posix::stream_descriptor signals_;
  asio::posix::stream_descriptor parent_;
  asio::steady_timer graceful_end_;
  bool is_stopping_ = false;
  Ended ended_ = Ended::kDrained;
};

Ended Worker::Process::run(const std::function<void()>& ready) {
  std::promise<Result<void>> started;
  std::future<Result<void>> has_started = started.get_future();
  RequestThreads threads(static_cast<int>(parts_.settings.threads), queue_, parts_.runtime,
                         parts_.scoreboard, parts_.child_number);
  std::thread network([this, &started] { run_network(std::move(started)); });
  if (const Result<void> begun = has_started.get(); begun) {
    ready();
  } else {
    parts_.log.write(Level::kCritical, "the network thread: {}", begun.error().message());
    ended_ = Ended::kCut;
  }
  network.join();
  if (ended_ == Ended::kCut) threads.abandon();
  return ended_;
}

void Worker::Process::run_network(std::promise<Result<void>> started) {
  os::name_thread("network");
  const Result<void> begun = begin();
  started.set_value(begun);
  if (begun) context_.run();
}

Result<void> Worker::Process::begin() {
  auto pipe = os::SignalPipe::open(kCaught);
  if (!pipe) return fail(std::move(pipe.error()));
  signal_pipe_.emplace(std::move(*pipe));
  auto signals = os::duplicate(signal_pipe_->fd());
  if (!signals) return fail(std::move(signals.error()));
  auto parent = os::duplicate(parts_.parent_channel);
  if (!parent) return fail(std::move(parent.error()));
  signals_.assign(signals->release());
  parent_.assign(parent->release());
  watch_signals();
  watch_parent();
  for (os::UniqueFd& listener : parts_.listeners) connections_.listen(std::move(listener));
  return {};
}

void Worker::Process::watch_signals() {
  signals_.async_wait(asio::posix::stream_descriptor::wait_read,
                      [this](boost::system::error_code error) {
                        if (error) return;
                        while (const auto signal = signal_pipe_->next()) {
                          if (*signal == os::Signal::kTerminate) stop("SIGTERM");
                        }
                        watch_signals();
                      });
}

void Worker::Process::watch_parent() {
  // The parent sends nothing yet: what becomes readable is the end of its life.
  parent_.async_wait(asio::posix::stream_descriptor::wait_read,
                     [this](boost::system::error_code error) {
                       if (!error) stop("the parent process is gone");
                     });
}

void Worker::Process::stop(std::string_view reason) {
  if (std::exchange(is_stopping_, true)) return;
  parts_.log.info("stopping: {}; {} connections are open", reason, connections_.size());
  parts_.scoreboard.set_process(parts_.child_number, scoreboard::ProcessState::kStopping,
                                os::process_id());
  if (parts_.settings.graceful_timeout > seconds(0)) {
    graceful_end_.expires_after(parts_.settings.graceful_timeout);
    graceful_end_.async_wait([this](boost::system::error_code error) {
      if (!error) cut();
    });
  }
  connections_.stop([this] {
    graceful_end_.cancel();
    context_.stop();
  });
}

void Worker::Process::cut() {
  bool is_answering = false;
  connections_.for_each([&](const connection::Connection& connection) {
    if (!connection.is_answering()) return;
    is_answering = true;
    const connection::Exchange& exchange = connection.exchange();
    parts_.log.write_for(exchange.request_id(), Level::kError,
                         "{} {} is cut: it did not end within the graceful timeout of {} s",
                         exchange.request.method, exchange.request.target,
                         parts_.settings.graceful_timeout.count());
  });
  if (is_answering) ended_ = Ended::kCut;
  connections_.cut_all();
  context_.stop();
}

connection::Admission Worker::Process::admit(connection::Exchange& exchange) noexcept {
  Route& route = Route::of(exchange);
  const auto application = exchange.path == "*" ? std::nullopt : mounts_.find(exchange.path);
  if (!application) {
    route.target = nullptr;
    return {.reads_body = false};
  }
  route.target = &targets_[*application];
  route.place = &place_;
  route.appearance =
      route.appearance_text.fill(exchange.request, exchange.peer, parts_.settings.server_name);
  route.script_name = mounts_.mount_point(*application);
  route.path_info = mounts_.path_info(*application, exchange.path);
  return {.body_limit = parts_.settings.limit_request_body};
}

void Worker::Process::handle(connection::Exchange& exchange) noexcept {
  if (exchange.path == "*") {
    // OPTIONS for the server as a whole is not any application's (RFC 9110 section 9.3.7).
    exchange.response.start({.status = 200, .reason = "", .fields = {}, .body_length = 0}, {},
                            app::Flow::kHandOver, true);
    exchange.response.finish();
    return;
  }
  if (Route::of(exchange).target == nullptr) {
    exchange.response.answer(404);
    return;
  }
  queue_.push(&exchange);
}

void Worker::Process::completed(const connection::Exchange& exchange, bool is_complete) noexcept {
  if (access_log_) access_log_->write(exchange, is_complete);
}

Result<std::unique_ptr<Worker>> Worker::make(WorkerParts parts) {
  auto access_log = AccessLog::open(parts.settings, parts.log);
  if (!access_log) return fail(std::move(access_log.error()));
  return std::unique_ptr<Worker>(
      new Worker(std::make_unique<Process>(std::move(parts), std::move(*access_log))));
}

Worker::Worker(std::unique_ptr<Process> process) : process_(std::move(process)) {}

Worker::~Worker() = default;

Ended Worker::run(const std::function<void()>& ready) { return process_->run(ready); }

void Worker::flush() { process_->flush(); }

}  // namespace forkloom::worker
