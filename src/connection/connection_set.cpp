#include "connection/connection_set.h"

#include <random>
#include <utility>

#include <boost/asio/error.hpp>

namespace forkloom::connection {
namespace asio = boost::asio;
namespace {

constexpr milliseconds kSweepInterval{500};
constexpr milliseconds kStoppingSweepInterval{50};
constexpr milliseconds kPauseWithoutDescriptors{100};
// Accepted in one go before other events get their turn.
constexpr int kAcceptBatch = 64;

std::uint64_t random_start() {
  std::random_device device;
  // The upper half tells processes apart, the lower half counts.
  return static_cast<std::uint64_t>(device()) << 32;
}

}  // namespace

struct ConnectionSet::Listener {
  Listener(asio::io_context& context, os::UniqueFd fd)
      : local(os::local_address(fd.get())), socket(context, fd.release()), pause(context) {}

  os::SocketAddress local;
  asio::posix::stream_descriptor socket;
  asio::steady_timer pause;
};

ConnectionSet::ConnectionSet(asio::io_context& context, Handler& handler, Log& log)
    : context_(context), handler_(handler), log_(log), sweep_(context), next_id_(random_start()) {}

ConnectionSet::~ConnectionSet() = default;

void ConnectionSet::listen(os::UniqueFd listener) {
  listeners_.push_back(std::make_unique<Listener>(context_, std::move(listener)));
  accept_on(*listeners_.back());
}

void ConnectionSet::accept_on(Listener& listener) {
  listener.socket.async_wait(asio::posix::stream_descriptor::wait_read,
                             [this, &listener](boost::system::error_code error) {
                               if (!error) accept_waiting(listener);
                             });
}

void ConnectionSet::accept_waiting(Listener& listener) {
  for (int i = 0; i < kAcceptBatch; ++i) {
    auto accepted = os::accept_connection(listener.socket.native_handle());
    if (!accepted) {
      const int number = accepted.error().number();
      if (number == EAGAIN) break;
      if (number == EMFILE || number == ENFILE || number == ENOMEM || number == ENOBUFS) {
        log_.error("accepting a connection: {}; trying again in {} ms", accepted.error().message(),
                   kPauseWithoutDescriptors.count());
        listener.pause.expires_after(kPauseWithoutDescriptors);
        listener.pause.async_wait([this, &listener](boost::system::error_code error) {
          if (!error) accept_waiting(listener);
        });
        return;
      }
      continue;  // that connection broke before it was taken
    }
    os::SocketAddress local =
        listener.local.is_wildcard ? os::local_address(accepted->fd.get()) : listener.local;
    std::make_shared<Connection>(context_, *this, std::move(*accepted), std::move(local),
                                 ++connection_number_)
        ->start();
  }
  if (!is_stopping_) accept_on(listener);
}

void ConnectionSet::stop(std::function<void()> drained) {
  drained_ = std::move(drained);
  is_stopping_ = true;
  for (const auto& listener : listeners_) {
    // Clients in the backlog were accepted by the kernel: they are served.
    accept_waiting(*listener);
    listener->pause.cancel();
    boost::system::error_code ignored;
    listener->socket.close(ignored);
  }
  listeners_.clear();
  for (Connection& connection : connections_) connection.stop();
  if (connections_.empty()) {
    asio::post(context_, std::exchange(drained_, nullptr));
  } else {
    sweep_.cancel();
    is_sweeping_ = false;
    start_sweeping();
  }
}

void ConnectionSet::cut_all() {
  for (Connection& connection : connections_) connection.cut();
}

void ConnectionSet::start_sweeping() {
  if (std::exchange(is_sweeping_, true)) return;
  sweep_.expires_after(is_stopping_ ? kStoppingSweepInterval : kSweepInterval);
  sweep_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    is_sweeping_ = false;
    if (connections_.empty()) return;
    const SteadyTime now = SteadyClock::now();
    for (Connection& connection : connections_) {
      connection.check_timeouts(now);
      if (is_stopping_) connection.stop();
    }
    start_sweeping();
  });
}

void ConnectionSet::added(Connection& connection) {
  connections_.push_back(connection);
  start_sweeping();
}

void ConnectionSet::removed(Connection& connection) {
  connections_.erase(connections_.iterator_to(connection));
  if (connections_.empty() && drained_) asio::post(context_, std::exchange(drained_, nullptr));
}

std::array<char, 16> ConnectionSet::next_request_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<char, 16> text;
  std::uint64_t id = next_id_++;
  for (std::size_t i = text.size(); i-- > 0; id >>= 4) text[i] = kDigits[id & 15];
  return text;
}

}  // namespace forkloom::connection
