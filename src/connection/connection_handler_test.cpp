// What a connection asks of its handler: limits, bodies, errors, fields, logs.

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

}  // namespace
}  // namespace forkloom::connection
