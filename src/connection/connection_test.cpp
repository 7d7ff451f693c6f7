// Conversations with a Connection over a TCP socket on loopback.

#include "connection/connection.h"

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

#include "connection/connection_set.h"
#include "os/socket.h"
#include "os/spool_file.h"

namespace forkloom::connection {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class SilentLog final : public Log {
 public:
  SilentLog() : Log(Level::kTrace) {}

 protected:
  void emit(Level, std::string_view, std::string_view) noexcept override {}
};

void answer_text(Exchange& exchange, std::string_view text) {
  const std::array blocks = {text};
  exchange.response.start({.status = 200, .reason = "OK", .fields = {}, .body_length = text.size()},
                          blocks, app::Flow::kHandOver, true);
  exchange.response.finish();
}

// Calls the test's own function for each request.
class TestHandler final : public Handler {
 public:
  void handle(Exchange& exchange) noexcept override { on_request(exchange); }
  void completed(const Exchange& exchange, bool is_complete) noexcept override {
    last_status = exchange.response.status();
    last_complete = is_complete;
  }

  std::function<void(Exchange&)> on_request = [](Exchange& e) { answer_text(e, e.path); };
  std::atomic<int> last_status = 0;
  std::atomic<bool> last_complete = false;
};

class ConnectionTest : public testing::Test {
 protected:
  ConnectionTest() {
    limits_.header = {.initial = seconds(20), .maximum = seconds(40), .min_rate = 500};
    limits_.spool_folder = os::temporary_folder();
    tcp::acceptor acceptor(context_, {asio::ip::address_v4::loopback(), 0});
    acceptor.non_blocking(true);
    endpoint_ = acceptor.local_endpoint();
    set_.emplace(context_, limits_, handler_, log_);
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
  static std::string hear_all(tcp::socket& client) {
    std::string text;
    boost::system::error_code error;
    asio::read(client, asio::dynamic_buffer(text), error);
    return text;
  }

  Limits limits_;
  SilentLog log_;
  TestHandler handler_;
  asio::io_context context_;
  asio::io_context client_context_;
  std::optional<ConnectionSet> set_;
  std::deque<tcp::socket> clients_;
  tcp::endpoint endpoint_;
  std::thread answering_;
  std::thread thread_;
};

TEST_F(ConnectionTest, ServesOneRequestAfterTheOther) {
  tcp::socket& client = connect();
  for (const std::string path : {"/first", "/second", "/third"}) {
    say(client, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(hear(client), EndsWith("\r\n\r\n" + path));
  }
}

TEST_F(ConnectionTest, AnswersPipelinedRequestsInOrder) {
  tcp::socket& client = connect();
  say(client,
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"
      "abcGET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answers = hear_all(client);
  const std::size_t one = answers.find("\r\n\r\n/1");
  const std::size_t two = answers.find("\r\n\r\n/2");
  const std::size_t three = answers.find("\r\n\r\n/3");
  ASSERT_NE(one, std::string::npos);
  ASSERT_NE(three, std::string::npos);
  EXPECT_LT(one, two);
  EXPECT_LT(two, three);
}

TEST_F(ConnectionTest, APipelinedRequestWaitsForAnAnswerFromAnotherThread) {
  std::promise<void> go;
  handler_.on_request = [&](Exchange& exchange) {
    if (exchange.path != "/slow") return answer_text(exchange, exchange.path);
    answering_ = std::thread([&] {
      go.get_future().wait();
      answer_text(exchange, "slow");
    });
  };
  tcp::socket& client = connect();
  say(client, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /fast HTTP/1.1\r\nHost: x\r\n\r\n");
  tcp::socket& other = connect();
  say(other, "GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(other), EndsWith("/other"));
  go.set_value();
  std::string text;
  asio::read_until(client, asio::dynamic_buffer(text), "/fast");
  EXPECT_THAT(text, HasSubstr("\r\n\r\nslowHTTP/1.1 200"));
}

TEST_F(ConnectionTest, ReadsAChunkedBodyAndAsksForIt) {
  std::string received;
  handler_.on_request = [&](Exchange& exchange) {
    received = *exchange.body.in_memory();
    answer_text(exchange, "ok");
  };
  tcp::socket& client = connect();
  say(client,
      "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
  std::string interim;
  asio::read_until(client, asio::dynamic_buffer(interim), "\r\n\r\n");
  EXPECT_EQ(interim, "HTTP/1.1 100 Continue\r\n\r\n");
  say(client, "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: y\r\n\r\n");
  EXPECT_THAT(hear(client), EndsWith("ok"));
  EXPECT_EQ(received, "abcde");
}

TEST_F(ConnectionTest, ARefusedRequestIsAnsweredAndTheConnectionEnds) {
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\nx");
  EXPECT_THAT(hear_all(client), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_EQ(handler_.last_status, 400);
}

TEST_F(ConnectionTest, APathAboveTheRootIsRefused) {
  tcp::socket& client = connect();
  say(client, "GET /a/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear_all(client), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
}

TEST_F(ConnectionTest, AnAbortedAnswerHasNoLastChunk) {
  handler_.on_request = [](Exchange& exchange) {
    const std::array<std::string_view, 1> blocks = {"part"};
    exchange.response.start({}, blocks, app::Flow::kWait, false);
    exchange.response.abort();
  };
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear_all(client), EndsWith("\r\n4\r\npart\r\n"));
  EXPECT_FALSE(handler_.last_complete);
}

TEST_F(ConnectionTest, AbortBeforeTheHeadIsAServerError) {
  handler_.on_request = [](Exchange& exchange) { exchange.response.abort(); };
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(client), StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
  // The request was read whole: the connection lives on.
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(client), StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
}

TEST_F(ConnectionTest, OutputBeyondTheDeclaredLengthIsCut) {
  std::promise<app::Sent> sent;
  handler_.on_request = [&](Exchange& exchange) {
    const std::array fields = {http::Field{.name = "Content-Length", .value = "3"}};
    const std::array<std::string_view, 2> blocks = {"ab", "cdef"};
    sent.set_value(
        exchange.response.start({.status = 200, .reason = "", .fields = fields, .body_length = {}},
                                blocks, app::Flow::kWait, false));
    exchange.response.finish();
  };
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(client), EndsWith("\r\n\r\nabc"));
  EXPECT_EQ(sent.get_future().get(), app::Sent::kOverLength);
}

TEST_F(ConnectionTest, OutputShortOfTheDeclaredLengthEndsTheConnection) {
  handler_.on_request = [](Exchange& exchange) {
    const std::array fields = {http::Field{.name = "Content-Length", .value = "10"}};
    const std::array<std::string_view, 1> blocks = {"abc"};
    exchange.response.start({.status = 200, .reason = "", .fields = fields, .body_length = {}},
                            blocks, app::Flow::kWait, true);
    exchange.response.finish();
  };
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear_all(client), EndsWith("\r\n\r\nabc"));
  EXPECT_FALSE(handler_.last_complete);
}

TEST_F(ConnectionTest, StoppingEndsIdleConnectionsAndFinishesTheOthers) {
  std::promise<Exchange*> running;
  handler_.on_request = [&](Exchange& exchange) {
    if (exchange.path == "/slow") return running.set_value(&exchange);
    answer_text(exchange, exchange.path);
  };
  tcp::socket& idle = connect();
  say(idle, "GET /idle HTTP/1.1\r\nHost: x\r\n\r\n");
  hear(idle);
  tcp::socket& busy = connect();
  say(busy, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  Exchange* exchange = running.get_future().get();
  std::promise<void> stopped;
  std::promise<void> drained;
  asio::post(context_, [&] {
    set_->stop([&] { drained.set_value(); });
    stopped.set_value();
  });
  stopped.get_future().wait();
  EXPECT_EQ(hear_all(idle), "");
  answer_text(*exchange, "slow");
  const std::string answer = hear_all(busy);
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nslow"));
  busy.close();
  drained.get_future().wait();
}

}  // namespace
}  // namespace forkloom::connection
