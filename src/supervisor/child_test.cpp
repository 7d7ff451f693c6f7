#include "supervisor/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "supervisor/end_report.h"
#include "supervisor/testing_child.h"

namespace forkloom::supervisor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ChildTest : public testing::Test {
 protected:
  ChildTest() : board_(scoreboard::Scoreboard::create(1, 2).value()) {}

  Child make(const ChildPlan& plan) {
    return Child(
        loop_, board_, log_, plan,
        {[this](const handoff::Ready& ready) { said_.push_back("ready " + ready.python_version); },
         [this](const handoff::Failed& failed) { said_.push_back("failed " + failed.message); }});
  }
  static EndedChild wait(Child& child) {
    return child.ended(os::wait_for(child.pid()).value(), SteadyClock::now());
  }

  boost::asio::io_context loop_;
  scoreboard::Scoreboard board_;
  KeptLog log_;
  std::vector<std::string> said_;
};

TEST_F(ChildTest, IsReadyWhenItSaysSo) {
  Child child = make(python_child(board_, "ready(); channel.recv(1)"));
  ASSERT_TRUE(child.start());
  EXPECT_EQ(board_.process_state(0), scoreboard::ProcessState::kStarting);
  EXPECT_EQ(board_.process_pid(0), child.pid());
  while (said_.empty()) loop_.run_one();
  EXPECT_THAT(said_, ElementsAre("ready 3.x"));
  EXPECT_EQ(board_.process_state(0), scoreboard::ProcessState::kReady);

  child.ask_to_stop();
  const EndedChild ended = wait(child);
  EXPECT_EQ(ended.end.text(), "signal SIGTERM");
  EXPECT_TRUE(ended.life.was_ready);
  EXPECT_FALSE(child.is_running());
  EXPECT_EQ(board_.process_state(0), scoreboard::ProcessState::kUnused);
}

TEST_F(ChildTest, ItsLastWordsAreHeardThoughItHasEnded) {
  Child child = make(python_child(board_, "failed('Traceback: no app'); sys.exit(1)"));
  ASSERT_TRUE(child.start());
  const EndedChild ended = wait(child);
  EXPECT_THAT(said_, ElementsAre("failed Traceback: no app"));
  ASSERT_TRUE(ended.failure.has_value());
  EXPECT_EQ(start_failure(ended), "Traceback: no app");
}

TEST_F(ChildTest, OneThatEndsWithoutAWordIsDescribed) {
  Child child = make({{"/bin/sh", {"sh", "-c", "exit 3"}, {}}, {}});
  ASSERT_TRUE(child.start());
  const os::ProcessId pid = child.pid();
  EXPECT_THAT(start_failure(wait(child)), HasSubstr("(pid " + std::to_string(pid) +
                                                    ") ended before it was ready: exit status 3"));
}

TEST_F(ChildTest, LivesAgainWithAChannelOfItsOwn) {
  Child child = make(python_child(board_, "ready(); sys.exit(0)"));
  for (int life = 1; life <= 3; ++life) {
    ASSERT_TRUE(child.start());
    EXPECT_TRUE(wait(child).end.is_clean());
    loop_.poll();
    loop_.restart();
    EXPECT_EQ(said_.size(), static_cast<std::size_t>(life));
  }
}

TEST_F(ChildTest, SeesThatItsParentIsGone) {
  std::optional<Child> child(
      std::in_place, loop_, board_, log_,
      python_child(board_, "ready(); sys.exit(len(channel.recv(9)))"),
      Child::Handlers{[this](const auto&) { said_.emplace_back("ready"); }, [](const auto&) {}});
  ASSERT_TRUE(child->start());
  while (said_.empty()) loop_.run_one();
  const os::ProcessId pid = child->pid();
  child.reset();
  EXPECT_TRUE(os::wait_for(pid).value().is_clean());
}

TEST_F(ChildTest, WhatIsNoReportIsLoggedAndTheNextOneHeard) {
  Child child = make(python_child(board_, "channel.send(b'{'); ready()"));
  ASSERT_TRUE(child.start());
  wait(child);
  EXPECT_THAT(log_.text, HasSubstr("the child sent no report"));
  EXPECT_THAT(said_, ElementsAre("ready 3.x"));
}

TEST_F(ChildTest, ItsCutRequestsAreLogged) {
  Child child = make(python_child(board_, "ready(); channel.recv(1)"));
  ASSERT_TRUE(child.start());
  while (said_.empty()) loop_.run_one();
  board_.thread(0, 1).begin("00c0ffee00000001", "GET", "/slow", 1'000'000);
  child.kill();
  const EndedChild ended = wait(child);
  log_end(log_, Level::kError, 0, ended, WallTime{} + milliseconds(4'250));
  const std::string pid = std::to_string(ended.pid);
  EXPECT_EQ(log_.text, "error child 0 (pid " + pid +
                           ") ended: signal SIGKILL\n"
                           "error [00c0ffee00000001] 'GET /slow' was running for 3.250 s when its "
                           "process (pid " +
                           pid + ") ended\n");
}

TEST_F(ChildTest, AProgramThatCannotRunIsAnError) {
  Child child = make({{"/no/such/python", {"python"}, {}}, {}});
  const auto started = child.start();
  ASSERT_FALSE(started.has_value());
  EXPECT_THAT(started.error().message(), StartsWith("/no/such/python"));
  EXPECT_FALSE(child.is_running());
}

}  // namespace
}  // namespace forkloom::supervisor
