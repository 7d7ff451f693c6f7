#include "connection/connection.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "connection/connection_set.h"
#include "http/path.h"

namespace forkloom::connection {
namespace asio = boost::asio;
namespace {

// In coroutines a co_await stands alone in its statement: gcc 12 generates wrong code for some
// conditions that contain one.
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// A client that was told that the connection ends gets this long to close it: without a byte of
// what it still sends, and in all.
constexpr seconds kLingerTime{2};
constexpr seconds kMostLingerTime{30};
// A connection that has brought no request yet gets this long for its first one when the process
// stops: it was accepted before.
constexpr seconds kFirstRequestTime{1};

}  // namespace

Connection::Connection(asio::io_context& context, ConnectionSet& set, os::Accepted accepted,
                       os::SocketAddress local, std::uint64_t number)
    : set_(set),
      socket_(context),
      done_(context),
      remote_(std::move(accepted.remote)),
      local_(std::move(local)),
      limits_(set.handler_.limits(local_)),
      reader_(limits_.request),
      outbox_(accepted.fd.get()),
      exchange_(*this, outbox_, limits_.server_field, set.log_) {
  // The protocol tells Asio nothing that it uses on a connected socket.
  socket_.assign(asio::generic::stream_protocol(0, 0), accepted.fd.release());
  exchange_.peer = {.remote_address = remote_.address,
                    .remote_port = remote_.port,
                    .local_address = local_.address,
                    .local_port = local_.port,
                    .is_unix = local_.is_unix,
                    .is_https = false,
                    .connection_number = number};
  free_since_.store(phase_start_, std::memory_order_relaxed);
  set_.added(*this);
}

Connection::~Connection() { set_.removed(*this); }

void Connection::start() {
  asio::co_spawn(
      socket_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

asio::awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  co_await serve();
  // Whatever is still being answered uses the socket: it is closed only afterwards.
  if (is_answering()) co_await answer_done();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<void> Connection::serve() {
  for (;;) {
    const bool has_head = co_await read_head();
    if (!has_head) co_return;
    phase_ = Phase::kIdle;
    exchange_.body.clear();
    exchange_.response.begin(&exchange_.request, exchange_.request_id(), may_keep_alive());
    const Admission admission = set_.handler_.admit(exchange_);
    is_admitted_ = true;
    if (!admission.reads_body && !is_body_skimmed()) {
      exchange_.response.end_connection();
      hand_over();
      co_await linger();
      co_return;
    }
    if (const http::Refusal refusal = refused_body(admission)) {
      refuse(refusal.status, refusal.reason, Teller::kHandler);
      co_await linger();
      co_return;
    }
    const bool has_body = co_await read_body();
    if (!has_body) co_return;
    hand_over();
  }
}

bool Connection::is_body_skimmed() const {
  const http::Request& request = exchange_.request;
  if (request.framing == http::Framing::kChunked) return false;
  const bool is_awaiting = request.expects_continue && buffer_begin_ == buffer_end_;
  return !is_awaiting && request.content_length <= limits_.body_in_memory;
}

http::Refusal Connection::refused_body(const Admission& admission) {
  if (!admission.reads_body) return {};
  if (admission.is_chunked_refused && exchange_.request.framing == http::Framing::kChunked) {
    return {411, "a chunked body where none is taken (WSGIChunkedRequest)"};
  }
  reader_.limit_body(admission.body_limit);
  return reader_.refusal();
}

void Connection::hand_over() {
  exchange_.body_complete = WallClock::now();
  state_.store(State::kAnswering, std::memory_order_release);
  set_.handler_.handle(exchange_);
}

asio::awaitable<bool> Connection::read_head() {
  using State = http::RequestReader::State;
  for (;;) {
    bool has_bytes = buffer_begin_ != buffer_end_;
    if (!has_bytes) has_bytes = co_await read_some();
    if (!has_bytes) {
      if (is_answering()) co_await answer_done();
      if (is_timed_out_) {
        refuse(408, "the request's head did not come in time (RequestReadTimeout, Timeout)",
               Teller::kConnection);
        co_await linger();
      }
      co_return false;
    }
    if (is_answering()) co_await answer_done();
    if (!keeps_alive_.load(std::memory_order_acquire)) {
      co_await linger();
      co_return false;
    }
    if (phase_ == Phase::kIdle) begin_exchange();
    const std::string_view bytes(buffer_.data() + buffer_begin_, buffer_end_ - buffer_begin_);
    const auto step = reader_.read_head(bytes, exchange_.request);
    buffer_begin_ += step.consumed;
    phase_bytes_ += step.consumed;
    exchange_.bytes_received += step.consumed;
    if (step.state == State::kNeedMore) {
      last_progress_ = SteadyClock::now();
      continue;
    }
    exchange_.is_readable = step.state == State::kDone;
    exchange_.head_complete = WallClock::now();
    if (exchange_.is_readable && http::decode_path(exchange_.request.path, exchange_.path)) {
      co_return true;
    }
    if (exchange_.is_readable) {
      refuse(400, "the target's path has a malformed escape, or climbs above the root",
             Teller::kConnection);
    } else {
      refuse(reader_.refusal().status, reader_.refusal().reason, Teller::kConnection);
    }
    co_await linger();
    co_return false;
  }
}

void Connection::begin_exchange() {
  phase_ = Phase::kHead;
  phase_start_ = last_progress_ = SteadyClock::now();
  phase_bytes_ = 0;
  exchange_.id = set_.next_request_id();
  exchange_.start = phase_start_;
  exchange_.head_start = WallClock::now();
  exchange_.bytes_received = 0;
  exchange_.number = requests_++;
  exchange_.is_readable = false;
  is_admitted_ = false;
}

asio::awaitable<bool> Connection::read_body() {
  using State = http::RequestReader::State;
  const http::Request& request = exchange_.request;
  if (request.framing == http::Framing::kNone) co_return true;
  phase_ = Phase::kBody;
  phase_start_ = last_progress_ = SteadyClock::now();
  phase_bytes_ = 0;
  auto kept =
      exchange_.body.begin(request.content_length, limits_.body_in_memory, limits_.spool_folder);
  if (kept && request.expects_continue && buffer_begin_ == buffer_end_) {
    const std::array pieces = {kContinue};
    if (outbox_.send(pieces, false) == Outbox::Outcome::kMustDrain) drain();
  }
  for (;;) {
    const std::string_view bytes(buffer_.data() + buffer_begin_, buffer_end_ - buffer_begin_);
    const auto step = reader_.read_body(bytes);
    for (const std::string_view piece : reader_.pieces()) {
      if (kept) kept = exchange_.body.append(piece);
    }
    buffer_begin_ += step.consumed;
    phase_bytes_ += step.consumed;
    exchange_.bytes_received += step.consumed;
    if (!kept) {
      exchange_.response.log().error("request body: {}", kept.error().message());
      refuse(500, "the request's body could not be stored", Teller::kConnection);
      break;
    }
    wants_large_buffer_ = step.state == State::kNeedMore && !exchange_.body.in_memory();
    if (step.state == State::kDone) {
      phase_ = Phase::kIdle;
      co_return true;
    }
    if (step.state == State::kRefused) {
      const http::Refusal& refusal = reader_.refusal();
      refuse(refusal.status, refusal.reason,
             refusal.status == 413 ? Teller::kHandler : Teller::kConnection);
      break;
    }
    const bool has_bytes = co_await read_some();
    if (!has_bytes) {
      if (!is_timed_out_) co_return false;
      refuse(408, "the request's body did not come in time (RequestReadTimeout, Timeout)",
             Teller::kConnection);
      break;
    }
    last_progress_ = SteadyClock::now();
  }
  co_await linger();
  co_return false;
}

void Connection::choose_buffer() {
  buffer_begin_ = buffer_end_ = 0;
  if (wants_large_buffer_ == (large_buffer_ != nullptr)) return;
  if (wants_large_buffer_) {
    large_buffer_ = std::make_unique_for_overwrite<char[]>(kLargeBuffer);
    buffer_ = {large_buffer_.get(), kLargeBuffer};
  } else {
    large_buffer_.reset();
    buffer_ = small_buffer_;
  }
}

asio::awaitable<bool> Connection::read_some() {
  choose_buffer();
  const auto [error, count] =
      co_await socket_.async_read_some(asio::buffer(buffer_.data(), buffer_.size()), kAwait);
  if (error) {
    // operation_aborted is our own doing (a time limit, stopping), all else the peer's.
    is_peer_gone_ = error != asio::error::operation_aborted;
    if (is_peer_gone_ && error != asio::error::eof) outbox_.mark_gone();
    co_return false;
  }
  buffer_end_ = count;
  co_return true;
}

asio::awaitable<void> Connection::answer_done() {
  done_.expires_at(SteadyTime::max());
  State answering = State::kAnswering;
  if (state_.compare_exchange_strong(answering, State::kAwaited, std::memory_order_acq_rel)) {
    co_await done_.async_wait(kAwait);
  }
}

asio::awaitable<void> Connection::linger() {
  phase_ = Phase::kLingering;
  phase_start_ = last_progress_ = SteadyClock::now();
  for (;;) {
    const bool has_bytes = co_await read_some();
    if (!has_bytes) co_return;
    last_progress_ = SteadyClock::now();
  }
}

void Connection::refuse(int status, std::string_view reason, Teller teller) {
  Response& response = exchange_.response;
  if (!is_admitted_) {
    response.begin(exchange_.is_readable ? &exchange_.request : nullptr, exchange_.request_id(),
                   false);
  }
  response.end_connection();
  response.log().write_for(exchange_.request_id(), Level::kInfo, "refused with {}: {} (client {})",
                           status, reason, remote_.address.empty() ? "unix:" : remote_.address);
  exchange_.body.clear();
  exchange_.body_complete = WallClock::now();
  state_.store(State::kAnswering, std::memory_order_release);
  if (teller == Teller::kHandler) {
    response.answer(status);
  } else {
    response.answer_plainly(status);
  }
}

bool Connection::answers_error(int status) noexcept {
  return is_admitted_ && set_.handler_.answers_error(exchange_, status);
}

bool Connection::may_keep_alive() const {
  return limits_.is_keep_alive && !is_stopping_ &&
         (limits_.max_keep_alive_requests == 0 || requests_ < limits_.max_keep_alive_requests);
}

void Connection::start_draining() noexcept {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->drain(); });
}

void Connection::drain() {
  switch (outbox_.drain()) {
    case Outbox::Drained::kBlocked:
      socket_.async_wait(asio::socket_base::wait_write,
                         [self = shared_from_this()](boost::system::error_code) { self->drain(); });
      return;
    case Outbox::Drained::kEnded:
      response_done();
      return;
    case Outbox::Drained::kEmpty:
    case Outbox::Drained::kGone:
      return;
  }
}

void Connection::response_done() noexcept {
  const Response& response = exchange_.response;
  const bool is_complete = response.is_complete() && !outbox_.is_gone();
  set_.handler_.completed(exchange_, is_complete);
  const bool keeps_alive = is_complete && response.is_keep_alive();
  const int fd = socket_.native_handle();
  if (!is_complete) {
    if (response.ends_with_connection()) os::reset_on_close(fd);
    os::shutdown_both(fd);
  } else if (!keeps_alive) {
    // The client closes when it has read the answer, and that ends the armed read.
    os::shutdown_sending(fd);
  }
  keeps_alive_.store(keeps_alive, std::memory_order_release);
  free_since_.store(SteadyClock::now(), std::memory_order_relaxed);
  // Once the exchange is free and not awaited, the connection may end at any moment. Awaited, it
  // lives until this message has come.
  if (state_.exchange(State::kFree, std::memory_order_acq_rel) == State::kAwaited) {
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->done_.cancel(); });
  }
}

void Connection::check_timeouts(SteadyTime now) {
  if (is_answering()) {
    // Only a client that does not take what is queued is slow; an application may take its time.
    const std::optional<std::uint64_t> sent = outbox_.draining_progress();
    if (!sent || *sent != last_sent_) {
      last_sent_ = sent.value_or(last_sent_);
      last_progress_ = now;
    } else if (now - last_progress_ > limits_.timeout) {
      set_.log_.write_for(exchange_.request_id(), Level::kInfo,
                          "the client took nothing for {} s (Timeout): given up",
                          limits_.timeout.count());
      end_now();
    }
    return;
  }
  const bool stands_still = now - last_progress_ > limits_.timeout;
  switch (phase_) {
    case Phase::kIdle: {
      const SteadyTime since = free_since_.load(std::memory_order_relaxed);
      bool has_passed = false;
      if (!keeps_alive_.load(std::memory_order_acquire)) {
        has_passed = now - since > kLingerTime;
      } else if (is_stopping_) {
        has_passed = now - since > kFirstRequestTime;
      } else if (requests_ == 0) {
        has_passed = limits_.header.has_passed(since, 0, now) || now - since > limits_.timeout;
      } else {
        has_passed = now - since > limits_.keep_alive_timeout;
      }
      // Nothing was begun: it ends without an answer.
      if (has_passed) end_now();
      return;
    }
    case Phase::kHead:
      if (!stands_still && !limits_.header.has_passed(phase_start_, phase_bytes_, now)) return;
      break;
    case Phase::kBody:
      if (!stands_still && !limits_.body.has_passed(phase_start_, phase_bytes_, now)) return;
      break;
    case Phase::kLingering:
      if (now - last_progress_ > kLingerTime ||
          now - std::max(phase_start_, free_since_.load(std::memory_order_relaxed)) >
              kMostLingerTime) {
        end_now();
      }
      return;
  }
  if (is_timed_out_) return;
  is_timed_out_ = true;
  socket_.cancel();
}

void Connection::stop() {
  is_stopping_ = true;
  exchange_.response.end_connection();
  if (is_answering() || phase_ != Phase::kIdle || requests_ == 0) return;
  // Bytes that have arrived are a request that was sent before the stop.
  if (os::readable_bytes(socket_.native_handle()) == 0) end_now();
}

void Connection::cut() { end_now(); }

void Connection::end_now() {
  outbox_.mark_gone();
  os::shutdown_both(socket_.native_handle());
}

}  // namespace forkloom::connection
