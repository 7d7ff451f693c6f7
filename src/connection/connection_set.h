#pragma once

// All connections of a process, on its network thread: accepts them, checks their time limits,
// ends them. What they share is here.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include "base/log.h"
#include "connection/connection.h"
#include "connection/handler.h"
#include "os/descriptor.h"

namespace forkloom::connection {

class ConnectionSet {
 public:
  // All of it outlives the set; the set outlives its connections, which end with the context.
  ConnectionSet(boost::asio::io_context& context, Handler& handler, Log& log);
  ~ConnectionSet();
  ConnectionSet(const ConnectionSet&) = delete;
  ConnectionSet& operator=(const ConnectionSet&) = delete;

  // Begins to accept on a listening socket (non-blocking).
  void listen(os::UniqueFd listener);
  // Takes what waits in the backlogs, closes the listeners, ends idle connections, and calls
  // `drained` when the last connection has ended.
  void stop(std::function<void()> drained);
  // Cuts what is still running; its requests are logged by the caller, who sees them first.
  void cut_all();

  template <typename Visitor>
  void for_each(Visitor&& visitor) {
    for (Connection& connection : connections_) visitor(connection);
  }
  std::size_t size() const { return connections_.size(); }

 private:
  friend class Connection;
  struct Listener;

  void accept_on(Listener& listener);
  void accept_waiting(Listener& listener);
  void start_sweeping();
  void added(Connection& connection);
  void removed(Connection& connection);
  std::array<char, 16> next_request_id();

  boost::asio::io_context& context_;
  Handler& handler_;
  Log& log_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  boost::intrusive::list<Connection> connections_;
  boost::asio::steady_timer sweep_;
  bool is_sweeping_ = false;
  bool is_stopping_ = false;
  std::uint64_t connection_number_ = 0;
  std::uint64_t next_id_;
  std::function<void()> drained_;
};

}  // namespace forkloom::connection
