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
using testing::Not;
using testing::StartsWith;

class CountingLog final : public Log {
 public:
  CountingLog() : Log(Level::kTrace) {}

  std::atomic<int> lines = 0;

 protected:
  void emit(Level, std::string_view, std::string_view) noexcept override { ++lines; }
};

void answer_text(Exchange& exchange, std::string_view text) {
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

TEST_F(ConnectionTest, ARefusalHasItsFieldsBesideTheServersOwn) {
  handler_.on_request = [](Exchange& exchange) {
    std::string allowed = "GET,HEAD";
    const std::array fields = {http::Field{.name = "Allow", .value = allowed}};
    exchange.response.refuse(405, fields);
  };
  tcp::socket& client = connect();
  say(client, "PUT / HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = hear(client);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
  EXPECT_THAT(answer, HasSubstr("Allow: GET,HEAD\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n405 Method Not Allowed\n"));
}

TEST_F(ConnectionTest, ARefusalsFieldsGoWithWhoeverAnswersInstead) {
  std::atomic<int> asked = 0;
  handler_.on_error = [&](Exchange& exchange, int status) {
    ++asked;
    const std::array fields = {http::Field{.name = "etag", .value = "\"document\""}};
    exchange.response.answer(status, fields, "sorry", "text/plain");
    return true;
  };
  handler_.on_request = [](Exchange& exchange) {
    if (exchange.path == "/fine") return answer_text(exchange, "fine");
    const std::array fields = {http::Field{.name = "Allow", .value = "GET"},
                               http::Field{.name = "ETag", .value = "\"file\""}};
    exchange.response.refuse(405, fields);
  };
  tcp::socket& client = connect();
  say(client, "PUT / HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = hear(client);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
  EXPECT_THAT(answer, HasSubstr("Allow: GET\r\n"));
  EXPECT_THAT(answer, HasSubstr("etag: \"document\"\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("\"file\""))) << "its own field stands";
  EXPECT_THAT(answer, EndsWith("\r\n\r\nsorry"));
  EXPECT_EQ(asked, 1);
  // The connection's next answer has none of it.
  say(client, "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(client), Not(HasSubstr("Allow")));
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

TEST_F(ConnectionTest, AsksForTheLimitsOfTheAddressThatItArrivedAt) {
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  hear(client);
  EXPECT_EQ(handler_.last_port, endpoint_.port());
}

TEST_F(ConnectionTest, ALongBodyIsRefusedBeforeItIsAskedFor) {
  handler_.on_head = [](Exchange& e) {
    return Admission{.body_limit = e.path == "/small" ? 3U : 9U};
  };
  tcp::socket& client = connect();
  say(client, "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd");
  EXPECT_THAT(hear(client), EndsWith("/large"));
  say(client,
      "POST /small HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_THAT(hear_all(client), StartsWith("HTTP/1.1 413 "));
}

TEST_F(ConnectionTest, ALongChunkedBodyIsRefusedWhileItIsRead) {
  handler_.on_head = [](Exchange&) { return Admission{.body_limit = 3}; };
  tcp::socket& client = connect();
  say(client, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  say(client, "3\r\nabc\r\n1\r\nd\r\n");
  EXPECT_THAT(hear_all(client), StartsWith("HTTP/1.1 413 "));
}

TEST_F(ConnectionTest, AChunkedBodyMayBeRefusedAltogether) {
  handler_.on_head = [](Exchange&) { return Admission{.is_chunked_refused = true}; };
  tcp::socket& client = connect();
  say(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
  EXPECT_THAT(hear(client), StartsWith("HTTP/1.1 200 "));
  say(client, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_THAT(hear_all(client), StartsWith("HTTP/1.1 411 "));
}

TEST_F(ConnectionTest, AShortBodyThatNobodyWantsIsReadAndTheConnectionGoesOn) {
  handler_.on_head = [](Exchange&) { return Admission{.reads_body = false}; };
  tcp::socket& client = connect();
  say(client, "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
  say(client, "abcGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear_until(client, "/2"), HasSubstr("\r\n\r\n/1HTTP/1.1 200"));
}

TEST_F(ConnectionTest, ABodyThatNobodyWantsIsNotAskedForNorWaitedFor) {
  handler_.on_head = [](Exchange&) { return Admission{.reads_body = false}; };
  for (const std::string fields :
       {"Expect: 100-continue\r\nContent-Length: 4\r\n", "Content-Length: 1000000\r\n",
        "Transfer-Encoding: chunked\r\n"}) {
    tcp::socket& client = connect();
    say(client, "POST /early HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
    const std::string answer = hear_all(client);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 ")) << fields;
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n")) << fields;
    EXPECT_THAT(answer, EndsWith("\r\n\r\n/early")) << fields;
    client.close();
  }
}

TEST_F(ConnectionTest, AClientMaySendItsWholeBodyBeforeItReadsAnEarlyAnswer) {
  handler_.on_head = [](Exchange&) { return Admission{.reads_body = false}; };
  const std::string large(8U << 20, 'x');
  handler_.on_request = [&](Exchange& exchange) { answer_text(exchange, large); };
  tcp::socket& client = connect();
  say(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
  say(client, std::string(20000000, 'y'));
  EXPECT_THAT(hear(client), EndsWith("xxx"));
}

TEST_F(ConnectionTest, TheHandlerMayAnswerAnErrorInItsOwnWay) {
  std::atomic<int> asked = 0;
  handler_.on_error = [&](Exchange& exchange, int status) {
    ++asked;
    if (exchange.path == "/plain") return false;
    const std::string text = "sorry: " + std::to_string(status);
    exchange.response.answer(status, {}, text, "text/html");
    return true;
  };
  handler_.on_request = [](Exchange& exchange) { exchange.response.refuse(503); };
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = hear(client);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/html\r\n"));
  EXPECT_THAT(answer, EndsWith("sorry: 503"));
  say(client, "GET /plain HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(client), EndsWith("503 Service Unavailable\n"));
  EXPECT_EQ(asked, 2);
}

TEST_F(ConnectionTest, AnErrorOfTheReplacementIsToldAsTheFirstOne) {
  handler_.on_error = [&](Exchange& exchange, int) {
    exchange.response.abort();
    return true;
  };
  handler_.on_request = [](Exchange& exchange) { exchange.response.answer(404); };
  tcp::socket& client = connect();
  for (int i = 0; i < 2; ++i) {
    say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(hear(client), EndsWith("404 Not Found\n"));
  }
}

TEST_F(ConnectionTest, TheHandlerAnswersForARefusedBodyButNotForABrokenOne) {
  handler_.on_head = [](Exchange&) { return Admission{.body_limit = 3}; };
  handler_.on_error = [&](Exchange& exchange, int) {
    EXPECT_EQ(exchange.body.size(), 0U);
    answering_ = std::thread([&exchange] { exchange.response.answer(413, {}, "too long", ""); });
    return true;
  };
  tcp::socket& long_body = connect();
  say(long_body, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  say(long_body, "2\r\nab\r\n2\r\n");
  const std::string answer = hear_all(long_body);
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\ntoo long"));
  tcp::socket& broken = connect();
  say(broken, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n");
  EXPECT_THAT(hear_all(broken), EndsWith("400 Bad Request\n"));
}

// Adds the status and the origin of the answer, and drops all else.
class MarkingEditor final : public HeadEditor {
 public:
  std::span<const http::Field> edit(int status, std::span<const http::Field>,
                                    bool is_own) noexcept override {
    value_ = std::to_string(status) + (is_own ? " own" : " other");
    fields_[0] = {.name = "X-Edited", .value = value_};
    return fields_;
  }

 private:
  std::string value_;
  std::array<http::Field, 1> fields_;
};

TEST_F(ConnectionTest, AnEditorChangesTheFieldsOfOneAnswer) {
  MarkingEditor editor;
  handler_.on_head = [&](Exchange& exchange) {
    if (exchange.path != "/free") exchange.response.set_editor(&editor);
    return Admission{};
  };
  handler_.on_request = [](Exchange& exchange) {
    if (exchange.path == "/own") return exchange.response.answer(404);
    answer_text(exchange, exchange.path);
  };
  tcp::socket& client = connect();
  say(client, "GET /own HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string own = hear(client);
  EXPECT_THAT(own, HasSubstr("X-Edited: 404 own\r\n"));
  EXPECT_THAT(own, testing::Not(HasSubstr("Content-Type")));
  say(client, "GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(client), HasSubstr("X-Edited: 200 other\r\n"));
  say(client, "GET /free HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(hear(client), testing::Not(HasSubstr("X-Edited")));
}

TEST_F(ConnectionTest, AnOwnAnswerMayHaveFieldsOfItsOwn) {
  handler_.on_request = [](Exchange& exchange) {
    const std::array fields = {http::Field{.name = "Location", .value = "/there"}};
    exchange.response.answer(302, fields, "see /there\n", "text/plain");
  };
  tcp::socket& client = connect();
  say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = hear(client);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 302 Found\r\nLocation: /there\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nsee /there\n"));
}

TEST_F(ConnectionTest, ALogIsSetForOneAnswer) {
  CountingLog other;
  handler_.on_head = [&](Exchange& exchange) {
    if (exchange.path == "/host") exchange.response.set_log(other);
    return Admission{};
  };
  handler_.on_request = [](Exchange& exchange) {
    const std::array<std::string_view, 1> blocks = {"too much"};
    const std::array fields = {http::Field{.name = "Content-Length", .value = "3"}};
    exchange.response.start({.status = 200, .reason = "", .fields = fields, .body_length = {}},
                            blocks, app::Flow::kHandOver, true);
    exchange.response.finish();
  };
  tcp::socket& client = connect();
  say(client, "GET /host HTTP/1.1\r\nHost: x\r\n\r\n");
  hear(client);
  EXPECT_EQ(other.lines, 1);
  EXPECT_EQ(log_.lines, 0);
  say(client, "GET /main HTTP/1.1\r\nHost: x\r\n\r\n");
  hear(client);
  EXPECT_EQ(other.lines, 1);
  EXPECT_EQ(log_.lines, 1);
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
