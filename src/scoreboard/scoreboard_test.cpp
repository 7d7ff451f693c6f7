#include "scoreboard/scoreboard.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::scoreboard {
namespace {

using testing::Each;

Scoreboard make(std::uint32_t processes, std::uint32_t threads) {
  auto made = Scoreboard::create(processes, threads);
  EXPECT_TRUE(made.has_value());
  return std::move(*made);
}

TEST(ScoreboardTest, BeginsWithUnusedRows) {
  const Scoreboard board = make(2, 3);
  EXPECT_EQ(board.processes(), 2U);
  EXPECT_EQ(board.threads(), 3U);
  EXPECT_EQ(board.process_state(1), ProcessState::kUnused);
  EXPECT_EQ(board.thread(1, 2).view().state, ThreadState::kUnused);
  EXPECT_TRUE(board.running_requests(0).empty());
}

TEST(ScoreboardTest, AChildsMappingShowsTheSameTable) {
  Scoreboard parent = make(2, 2);
  auto child = Scoreboard::map(parent.fd());
  ASSERT_TRUE(child.has_value());
  parent.set_process(1, ProcessState::kStarting, 4711);
  EXPECT_EQ(child->process_pid(1), 4711);
  EXPECT_EQ(child->process_state(1), ProcessState::kStarting);
  child->thread(1, 1).begin("00c0ffee00000001", "GET", "/slow?n=1", 1'000'000);
  const auto running = parent.running_requests(1);
  ASSERT_EQ(running.size(), 1U);
  EXPECT_EQ(running[0].request_id, "00c0ffee00000001");
  EXPECT_EQ(running[0].line, "GET /slow?n=1");
  EXPECT_EQ(running[0].start_us, 1'000'000);
  EXPECT_TRUE(parent.running_requests(0).empty());
}

TEST(ScoreboardTest, AFinishedRequestIsCountedAndNoLongerRuns) {
  Scoreboard board = make(1, 1);
  ThreadRow& row = board.thread(0, 0);
  row.set_idle();
  row.begin("1", "GET", "/", 5);
  row.end();
  row.begin("2", "GET", "/", 6);
  row.end();
  const ThreadView view = row.view();
  EXPECT_EQ(view.state, ThreadState::kIdle);
  EXPECT_EQ(view.requests, 2U);
  EXPECT_FALSE(view.running.has_value());
}

TEST(ScoreboardTest, AShortLineShowsNothingOfALongerOneBeforeIt) {
  Scoreboard board = make(1, 1);
  ThreadRow& row = board.thread(0, 0);
  row.begin("1111111111111111", "DELETE", "/a/very/long/path/indeed", 5);
  row.end();
  row.begin("2", "GET", "/b", 6);
  const auto running = row.view().running;
  ASSERT_TRUE(running.has_value());
  EXPECT_EQ(running->line, "GET /b");
  EXPECT_EQ(running->request_id, "2");
}

TEST(ScoreboardTest, ATooLongLineIsCut) {
  Scoreboard board = make(1, 1);
  const std::string target = "/" + std::string(9000, 'x');
  board.thread(0, 0).begin("00c0ffee00000001 and more", "GET", target, 5);
  const auto running = board.thread(0, 0).view().running;
  ASSERT_TRUE(running.has_value());
  EXPECT_EQ(running->line, ("GET " + target).substr(0, kLineSize));
  EXPECT_EQ(running->request_id, "00c0ffee00000001");
}

TEST(ScoreboardTest, ControlCharactersDoNotReachTheLog) {
  Scoreboard board = make(1, 1);
  board.thread(0, 0).begin("id\n", "GET", "/\r\n[error] forged\x1b[1m", 5);
  const auto running = board.thread(0, 0).view().running;
  ASSERT_TRUE(running.has_value());
  EXPECT_EQ(running->request_id, "id?");
  EXPECT_EQ(running->line, "GET /??[error] forged?[1m");
}

TEST(ScoreboardTest, ClearingMakesARowUnusedAgain) {
  Scoreboard board = make(2, 2);
  board.set_process(0, ProcessState::kReady, 1);
  board.set_process(1, ProcessState::kReady, 2);
  board.thread(0, 1).begin("1", "GET", "/", 5);
  board.thread(1, 1).begin("2", "GET", "/", 5);
  board.clear_process(0);
  EXPECT_EQ(board.process_state(0), ProcessState::kUnused);
  EXPECT_EQ(board.process_pid(0), 0);
  EXPECT_TRUE(board.running_requests(0).empty());
  EXPECT_EQ(board.running_requests(1).size(), 1U);
}

TEST(ScoreboardTest, AnotherFileIsRefused) {
  const auto file = os::make_shared_file("test", 4096);
  ASSERT_TRUE(file.has_value());
  EXPECT_FALSE(Scoreboard::map(file->get()).has_value());
  const auto tiny = os::make_shared_file("test", 8);
  ASSERT_TRUE(tiny.has_value());
  EXPECT_FALSE(Scoreboard::map(tiny->get()).has_value());
}

// One writer and one reader at full speed: each request's fields are all made of one letter, so a
// mixture of two requests shows.
TEST(ScoreboardTest, AReaderNeverSeesAMixtureOfTwoRequests) {
  Scoreboard board = make(1, 1);
  std::atomic<bool> is_enough = false;
  std::jthread writer([&] {
    ThreadRow& row = board.thread(0, 0);
    for (int i = 0; !is_enough; ++i) {
      const int letter = i % 26;
      const std::string text(static_cast<std::size_t>(1 + letter * 9),
                             static_cast<char>('a' + letter));
      row.begin(text.substr(0, kIdSize), "", text, letter);
      if (i % 3 == 0) row.end();
    }
  });
  for (int seen = 0; seen < 20'000;) {
    const auto running = board.thread(0, 0).view().running;
    if (!running) continue;
    ++seen;
    const auto letter = static_cast<char>('a' + running->start_us);
    const auto length = static_cast<std::size_t>(1 + running->start_us * 9);
    EXPECT_EQ(running->line.substr(1), std::string(length, letter));
    EXPECT_THAT(running->request_id, Each(letter));
  }
  is_enough = true;
}

}  // namespace
}  // namespace forkloom::scoreboard
