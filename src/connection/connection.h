#pragma once

// The life of one accepted socket: read a request, hand it over, read the next. Lives on the
// network thread; its Response is used by the thread that answers.
//
// A read stays armed while a request is being answered, so that the end of an answer wakes
// nobody: the next request's bytes do. Only when they came before the answer ended does the
// answering thread have to tell the network thread.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list_hook.hpp>

#include "base/log.h"
#include "base/time.h"
#include "connection/exchange.h"
#include "connection/handler.h"
#include "connection/limits.h"
#include "connection/outbox.h"
#include "http/request_reader.h"
#include "os/socket.h"

namespace forkloom::connection {

class ConnectionSet;

// shared_ptr: the coroutine and each operation that Asio has outstanding on the socket hold it.
class Connection final : public std::enable_shared_from_this<Connection>,
                         public boost::intrusive::list_base_hook<>,
                         private ResponseOwner {
 public:
  // `set` outlives the connection. number is unique in this process.
  Connection(boost::asio::io_context& context, ConnectionSet& set, os::Accepted accepted,
             os::SocketAddress local, std::uint64_t number);
  ~Connection() override;

  // Network thread. Serves the connection until it ends.
  void start();
  // Network thread, about twice a second: gives up what has taken too long.
  void check_timeouts(SteadyTime now);
  // Network thread: no request is taken after those that have begun. An idle connection ends now.
  void stop();
  // Network thread, at the end of the graceful time: cuts whatever is running.
  void cut();

  bool is_answering() const { return state_.load(std::memory_order_acquire) != State::kFree; }
  const Exchange& exchange() const { return exchange_; }

 private:
  // Of the exchange. kAwaited: the network thread waits for it to become free.
  enum class State : std::uint8_t { kFree, kAnswering, kAwaited };
  // What the network thread is doing while the exchange is free.
  enum class Phase : std::uint8_t { kIdle, kHead, kBody, kLingering };

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> serve();
  // false: no further request comes.
  boost::asio::awaitable<bool> read_head();
  boost::asio::awaitable<bool> read_body();
  // Whether the body is read although the handler does not want it.
  bool is_body_skimmed() const;
  // Why the body is not to be read; status 0 where it may be.
  http::Refusal refused_body(const Admission& admission);
  // The buffer for the next read; it holds nothing.
  void choose_buffer();
  // Fills buffer_, which is empty; false at the end of the stream or when cancelled.
  boost::asio::awaitable<bool> read_some();
  boost::asio::awaitable<void> answer_done();
  // Reads on until the client closes, so that it gets the answer before a reset. Also while the
  // answer is still being made: a client may send its whole body before it reads.
  boost::asio::awaitable<void> linger();

  void begin_exchange();
  void hand_over();
  // Answers with an error that the handler does not know of, or in its own way where it may.
  enum class Teller : std::uint8_t { kConnection, kHandler };
  void refuse(int status, std::string_view reason, Teller teller);
  bool may_keep_alive() const;
  void drain();
  void end_now();

  void start_draining() noexcept override;
  bool answers_error(int status) noexcept override;
  void response_done() noexcept override;

  ConnectionSet& set_;
  boost::asio::generic::stream_protocol::socket socket_;
  boost::asio::steady_timer done_;  // cancelled when an awaited answer is done
  const os::SocketAddress remote_;
  const os::SocketAddress local_;
  const Limits& limits_;
  http::RequestReader reader_;
  Outbox outbox_;
  Exchange exchange_;

  // Bytes read and not yet consumed: buffer_[buffer_begin_, buffer_end_). While a body goes to a
  // file, the buffer is a large one, since both reading and writing cost by the call.
  static constexpr std::size_t kLargeBuffer = 256U << 10;
  std::array<char, 16U << 10> small_buffer_;
  std::unique_ptr<char[]> large_buffer_;
  std::span<char> buffer_ = small_buffer_;
  bool wants_large_buffer_ = false;
  std::size_t buffer_begin_ = 0;
  std::size_t buffer_end_ = 0;

  std::atomic<State> state_ = State::kFree;
  // When the exchange became free; written by the answering thread before state_.
  std::atomic<SteadyTime> free_since_;
  std::atomic<bool> keeps_alive_ = true;

  Phase phase_ = Phase::kIdle;
  SteadyTime phase_start_ = SteadyClock::now();
  std::uint64_t phase_bytes_ = 0;
  std::uint64_t last_sent_ = 0;              // outbox progress at the last check
  SteadyTime last_progress_ = phase_start_;  // of what the client sends, or takes
  std::uint32_t requests_ = 0;
  bool is_admitted_ = false;  // the handler knows the request
  bool is_stopping_ = false;
  bool is_timed_out_ = false;
  bool is_peer_gone_ = false;
};

}  // namespace forkloom::connection
