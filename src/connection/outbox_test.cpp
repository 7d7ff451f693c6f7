#include "connection/outbox.h"

#include <array>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <gtest/gtest.h>

#include "os/socket.h"

namespace forkloom::connection {
namespace {

namespace asio = boost::asio;
using Socket = asio::local::stream_protocol::socket;

class OutboxTest : public testing::Test {
 protected:
  Outbox::Outcome send(std::string_view text) {
    const std::array pieces = {text};
    return outbox_.send(pieces, false);
  }
  std::string receive(std::size_t size) {
    std::string text(size, '\0');
    asio::read(client_, asio::buffer(text));
    return text;
  }
  // Reads `size` bytes on a thread of its own while this one drains until it is done.
  Outbox::Drained drain_while_reading(std::size_t size, std::string& text) {
    std::thread reader([&] { text = receive(size); });
    Outbox::Drained drained = Outbox::Drained::kBlocked;
    while (drained == Outbox::Drained::kBlocked) {
      drained = outbox_.drain();
      std::this_thread::yield();
    }
    reader.join();
    return drained;
  }

  asio::io_context context_;
  Socket server_{context_};
  Socket client_{context_};
  Outbox outbox_{[this] {
    asio::local::connect_pair(server_, client_);
    server_.non_blocking(true);
    return server_.native_handle();
  }()};
};

TEST_F(OutboxTest, SmallOutputIsSentAtOnce) {
  EXPECT_EQ(send("hello"), Outbox::Outcome::kDone);
  EXPECT_TRUE(outbox_.end());
  EXPECT_EQ(receive(5), "hello");
  EXPECT_EQ(outbox_.sent(), 5U);
}

TEST_F(OutboxTest, WhatTheSocketDoesNotTakeIsDrainedInOrder) {
  const std::string large(4U << 20, 'a');
  EXPECT_EQ(send(large), Outbox::Outcome::kMustDrain);
  EXPECT_EQ(send("the end"), Outbox::Outcome::kQueued);
  EXPECT_FALSE(outbox_.end());
  std::string text;
  EXPECT_EQ(drain_while_reading(large.size() + 7, text), Outbox::Drained::kEnded);
  EXPECT_TRUE(text == large + "the end");
  EXPECT_EQ(outbox_.sent(), text.size());
}

TEST_F(OutboxTest, SendsDirectlyAgainOnceDrained) {
  const std::string large(4U << 20, 'a');
  EXPECT_EQ(send(large), Outbox::Outcome::kMustDrain);
  std::string text;
  EXPECT_EQ(drain_while_reading(large.size(), text), Outbox::Drained::kEmpty);
  EXPECT_EQ(send("more"), Outbox::Outcome::kDone);
  EXPECT_EQ(receive(4), "more");
}

TEST_F(OutboxTest, ManyPiecesAreSentInOrder) {
  std::vector<std::string_view> pieces(3 * os::kMostPieces + 1, "ab");
  EXPECT_EQ(outbox_.send(pieces, false), Outbox::Outcome::kDone);
  std::string expected;
  for (const auto piece : pieces) expected += piece;
  EXPECT_EQ(receive(expected.size()), expected);
}

TEST_F(OutboxTest, AFileFollowsTheBytesBeforeIt) {
  std::FILE* source = std::tmpfile();
  const std::string content(3U << 20, 'f');
  std::fwrite(content.data(), 1, content.size(), source);
  std::fflush(source);
  EXPECT_EQ(send("head:"), Outbox::Outcome::kDone);
  auto copy = os::duplicate(::fileno(source));
  ASSERT_TRUE(copy);
  EXPECT_EQ(outbox_.send_file(std::move(*copy), 1, content.size() - 1),
            Outbox::Outcome::kMustDrain);
  std::fclose(source);
  EXPECT_FALSE(outbox_.end());
  std::string text;
  EXPECT_EQ(drain_while_reading(5 + content.size() - 1, text), Outbox::Drained::kEnded);
  EXPECT_TRUE(text == "head:" + content.substr(1));
}

TEST_F(OutboxTest, WaitForRoomReturnsWhenTheClientHasRead) {
  const std::string large(4U << 20, 'a');
  EXPECT_EQ(send(large), Outbox::Outcome::kMustDrain);
  bool has_room = false;
  std::thread producer([&] { has_room = outbox_.wait_for_room(); });
  std::string text;
  EXPECT_EQ(drain_while_reading(large.size(), text), Outbox::Drained::kEmpty);
  producer.join();
  EXPECT_TRUE(has_room);
}

TEST_F(OutboxTest, ALostConnectionWakesTheWaitingProducer) {
  EXPECT_EQ(send(std::string(4U << 20, 'a')), Outbox::Outcome::kMustDrain);
  bool has_room = true;
  std::thread producer([&] { has_room = outbox_.wait_for_room(); });
  outbox_.mark_gone();
  producer.join();
  EXPECT_FALSE(has_room);
  EXPECT_EQ(outbox_.drain(), Outbox::Drained::kGone);
  EXPECT_EQ(send("x"), Outbox::Outcome::kGone);
}

TEST_F(OutboxTest, AClientThatClosedIsGone) {
  client_.close();
  EXPECT_EQ(send("x"), Outbox::Outcome::kGone);
  EXPECT_TRUE(outbox_.is_gone());
  EXPECT_TRUE(outbox_.end());
}

}  // namespace
}  // namespace forkloom::connection
