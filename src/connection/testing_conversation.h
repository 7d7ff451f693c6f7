#pragma once

// Conversations with a Connection over a TCP socket on loopback, for tests.

#include <array>
#include <deque>
#include <functional>
#include <future>
#include <string>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connection/connection.h"
#include "connection/connection_set.h"
#include "os/socket.h"
#include "os/spool_file.h"

namespace forkloom::connection {

namespace asio = boost::asio;
using asio::ip::tcp;

class CountingLog final : public Log {
 public:
  CountingLog() : Log(Level::kTrace) {}

  std::atomic<int> lines = 0;

 protected:
  void emit(Level, std::string_view, std::string_view) noexcept override { ++lines; }
};

inline void answer_text(Exchange& exchange, std::string_view text) {
  const std::array blocks = {text};
  exchange.response.start({.status = 200, .reason = "OK", .fields = {}, .body_length = text.size()},
                          blocks, app::Flow::kHandOver, true);
  exchange.response.finish();
}

// Calls the test's own functions for each request.
class TestHandler final : public Handler {
 public:
  const Limits& limits(const os::SocketAddress& local) noexcept override {
    last_port = local.port;
    return limits_for_all;
  }
  Admission admit(Exchange& exchange) noexcept override { return on_head(exchange); }
  bool answers_error(Exchange& exchange, int status) noexcept override {
    return on_error(exchange, status);
  }
  void handle(Exchange& exchange) noexcept override { on_request(exchange); }
  void completed(const Exchange& exchange, bool is_complete) noexcept override {
    last_status = exchange.response.status();
    last_complete = is_complete;
  }

  std::function<void(Exchange&)> on_request = [](Exchange& e) { answer_text(e, e.path); };
  std::function<Admission(Exchange&)> on_head = [](Exchange&) { return Admission{}; };
  std::function<bool(Exchange&, int)> on_error = [](Exchange&, int) { return false; };
  Limits limits_for_all;
  std::atomic<std::uint16_t> last_port = 0;
  std::atomic<int> last_status = 0;
  std::atomic<bool> last_complete = false;
};

class ConnectionTest : public testing::Test {
 protected:
  ConnectionTest() {
    handler_.limits_for_all.header = {
        .initial = seconds(20), .maximum = seconds(40), .min_rate = 500};
    handler_.limits_for_all.spool_folder = os::temporary_folder();
    tcp::acceptor acceptor(context_, {asio::ip::address_v4::loopback(), 0});
    acceptor.non_blocking(true);
    endpoint_ = acceptor.local_endpoint();
    set_.emplace(context_, handler_, log_);
    set_->listen(os::UniqueFd(acceptor.release()));
    thread_ = std::thread([this] { context_.run(); });
  }
  // Before anything of the test itself is gone: the network thread uses it.
  void TearDown() override {
    asio::post(context_, [this] { set_->stop([this] { context_.stop(); }); });
    for (tcp::socket& client : clients_) client.close();
    thread_.join();
    if (answering_.joinable()) answering_.join();
  }

  tcp::socket& connect() {
    clients_.emplace_back(client_context_);
    clients_.back().connect(endpoint_);
    return clients_.back();
  }
  static void say(tcp::socket& client, std::string_view text) {
    asio::write(client, asio::buffer(text));
  }
  // One answer with a Content-Length.
  static std::string hear(tcp::socket& client) {
    std::string text;
    const std::size_t head = asio::read_until(client, asio::dynamic_buffer(text), "\r\n\r\n");
    const std::size_t at = text.find("Content-Length: ");
    const std::size_t length = at > head ? 0 : std::stoul(text.substr(at + 16));
    if (text.size() < head + length) {
      asio::read(client, asio::dynamic_buffer(text),
                 asio::transfer_exactly(head + length - text.size()));
    }
    return text;
  }
  // All that comes until `ending`.
  static std::string hear_until(tcp::socket& client, const std::string& ending) {
    std::string text;
    asio::read_until(client, asio::dynamic_buffer(text), ending);
    return text;
  }
  static std::string hear_all(tcp::socket& client) {
    std::string text;
    boost::system::error_code error;
    asio::read(client, asio::dynamic_buffer(text), error);
    return text;
  }

  CountingLog log_;
  TestHandler handler_;
  asio::io_context context_;
  asio::io_context client_context_;
  std::optional<ConnectionSet> set_;
  std::deque<tcp::socket> clients_;
  tcp::endpoint endpoint_;
  std::thread answering_;
  std::thread thread_;
};

}  // namespace forkloom::connection
