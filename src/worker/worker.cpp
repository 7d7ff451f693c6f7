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
#include "worker/access_logs.h"
#include "worker/dispatcher.h"
#include "worker/request_queue.h"
#include "worker/request_threads.h"

namespace forkloom::worker {
namespace asio = boost::asio;
namespace {

// SIGTERM stops. The others are the parent's business: a terminal sends them to every process.
constexpr std::array kCaught = {os::Signal::kTerminate, os::Signal::kInterrupt,
                                os::Signal::kHangup};

// prefork serves one request at a time in a process.
int thread_count(const config::Settings& settings) {
  return settings.model == config::Model::kPrefork ? 1 : static_cast<int>(settings.threads);
}

}  // namespace

class Worker::Process final : public connection::Handler {
 public:
  Process(WorkerParts parts, AccessLogs access_logs)
      : parts_(std::move(parts)),
        settings_(parts_.site.settings()),
        access_logs_(std::move(access_logs)),
        // One thread runs the context; others post to it.
        context_(1),
        dispatcher_(parts_.site, queue_, context_),
        connections_(context_, *this, parts_.log),
        signals_(context_),
        parent_(context_),
        graceful_end_(context_) {}

  Ended run(const std::function<void()>& ready);
  void flush() { access_logs_.flush(); }

  const connection::Limits& limits(const os::SocketAddress& local) noexcept override {
    return parts_.site.limits(local);
  }
  connection::Admission admit(connection::Exchange& exchange) noexcept override {
    return dispatcher_.admit(exchange);
  }
  void handle(connection::Exchange& exchange) noexcept override { dispatcher_.handle(exchange); }
  bool answers_error(connection::Exchange& exchange, int status) noexcept override {
    return dispatcher_.answers_error(exchange, status);
  }
  void completed(const connection::Exchange& exchange, bool is_complete) noexcept override {
    access_logs_.write(exchange, is_complete);
  }

 private:
  void run_network(std::promise<Result<void>> started);
  Result<void> begin();
  void watch_signals();
  void watch_parent();
  void stop(std::string_view reason);
  void cut();

  WorkerParts parts_;
  const config::Settings& settings_;
  AccessLogs access_logs_;
  RequestQueue queue_;
  asio::io_context context_;
  Dispatcher dispatcher_;
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
  RequestThreads threads(thread_count(settings_), queue_, parts_.runtime, parts_.scoreboard,
                         parts_.child_number);
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
  // sendfile(2) to a client that has left raises it, and cannot be told not to.
  os::ignore(os::Signal::kPipe);
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
  if (settings_.graceful_timeout > seconds(0)) {
    graceful_end_.expires_after(settings_.graceful_timeout);
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
                         settings_.graceful_timeout.count());
  });
  if (is_answering) ended_ = Ended::kCut;
  connections_.cut_all();
  context_.stop();
}

Result<std::unique_ptr<Worker>> Worker::make(WorkerParts parts) {
  auto access_logs = AccessLogs::open(parts.site.router(), parts.inheritance, parts.log);
  if (!access_logs) return fail(std::move(access_logs.error()));
  return std::unique_ptr<Worker>(
      new Worker(std::make_unique<Process>(std::move(parts), std::move(*access_logs))));
}

Worker::Worker(std::unique_ptr<Process> process) : process_(std::move(process)) {}

Worker::~Worker() = default;

Ended Worker::run(const std::function<void()>& ready) { return process_->run(ready); }

void Worker::flush() { process_->flush(); }

}  // namespace forkloom::worker
