// The life of a connection: requests in order, broken ones, its end.

#include <future>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connection/testing_conversation.h"

namespace forkloom::connection {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

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
