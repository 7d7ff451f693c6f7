#include "supervisor/server_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "os/identity.h"
#include "supervisor/testing_child.h"
#include "supervisor/testing_folder.h"

namespace forkloom::supervisor {
namespace {

using testing::HasSubstr;
using testing::Not;

// The children are real. Each signal is sent when what it follows has happened, so that no test has
// to guess how long anything takes.
class ServerLoopTest : public FolderTest {
 protected:
  ServerLoopTest() : board_(scoreboard::Scoreboard::create(1, 2).value()) {}

  Outcome run(
      const std::string& script, std::function<void()> when_ready = [] {}) {
    auto signals = open_server_signals();
    EXPECT_TRUE(signals.has_value());
    config::ListenAddress address;
    address.unix_path = folder_ / "app.sock";
    sockets_ = ListeningSockets::open({address}, 16).value();
    ServerLoop::Plan plan;
    plan.child = python_child(board_, script);
    plan.child.inheritance.listeners = sockets_.for_children();
    plan.child.inheritance.settings_text = folder_.string();
    plan.graceful_timeout = seconds(60);
    plan.on_first_ready = [this, when_ready](const handoff::Ready&) {
      ++announced_;
      when_ready();
    };
    ServerLoop loop(std::move(plan), *signals, sockets_, board_, log_);
    return loop.run();
  }

  scoreboard::Scoreboard board_;
  KeptLog log_;
  ListeningSockets sockets_;
  int announced_ = 0;
};

void signal_parent(os::Signal signal) { os::send_signal(os::process_id(), signal); }

// A child that ends by itself on SIGTERM, as the runtime does.
const std::string kGraceful =
    "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
    "def wait():\n"
    "  while True: time.sleep(60)\n";
// Counts the lives in a file: life() is 1 in the first.
const std::string kLives =
    "def life():\n"
    "  with open(inheritance['settings'] + '/lives', 'a+') as f:\n"
    "    f.write('x'); f.flush(); f.seek(0); return len(f.read())\n";

TEST_F(ServerLoopTest, StopsGracefullyOnSigterm) {
  const Outcome outcome =
      run(kGraceful + "ready(); wait()", [] { signal_parent(os::Signal::kTerminate); });
  EXPECT_EQ(outcome.exit_status, 0);
  EXPECT_EQ(outcome.message, "");
  EXPECT_EQ(announced_, 1);
  EXPECT_THAT(log_.text, Not(HasSubstr("error")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "app.sock"));
}

TEST_F(ServerLoopTest, StopsGracefullyOnSigint) {
  const Outcome outcome =
      run(kGraceful + "ready(); wait()", [] { signal_parent(os::Signal::kInterrupt); });
  EXPECT_EQ(outcome.exit_status, 0);
}

TEST_F(ServerLoopTest, ASecondSignalStopsAtOnceAndNamesTheCutRequests) {
  const std::string stubborn =
      "signal.signal(signal.SIGTERM, lambda *_: os.kill(parent, signal.SIGTERM))\n"
      "ready()\n"
      "while True: time.sleep(60)\n";
  const Outcome outcome = run(stubborn, [this] {
    signal_parent(os::Signal::kTerminate);
    board_.thread(0, 0).begin("00c0ffee00000002", "POST", "/upload", 1'000'000);
  });
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_THAT(log_.text, HasSubstr("ended: signal SIGKILL"));
  EXPECT_THAT(log_.text, HasSubstr("error [00c0ffee00000002] 'POST /upload' was running for "));
}

TEST_F(ServerLoopTest, AChildThatEndsBadlyWhileStoppingShowsInTheExitStatus) {
  const Outcome outcome =
      run("signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))\n"
          "ready(); os.kill(parent, signal.SIGTERM)\n"
          "while True: time.sleep(60)\n");
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_THAT(log_.text, HasSubstr("error child 0 (pid "));
  EXPECT_THAT(log_.text, HasSubstr("ended: exit status 3"));
}

TEST_F(ServerLoopTest, AStopWhileTheChildStartsIsGraceful) {
  EXPECT_EQ(run("os.kill(parent, signal.SIGTERM)\nwhile True: time.sleep(60)").exit_status, 0);
  EXPECT_EQ(announced_, 0);
}

TEST_F(ServerLoopTest, AFailureToStartIsToldAsTheChildSaidIt) {
  const Outcome outcome = run("failed('Traceback (most recent call last):\\n'); sys.exit(1)");
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_EQ(outcome.message, "Traceback (most recent call last):\n");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "app.sock"));
}

TEST_F(ServerLoopTest, AFirstChildThatEndsSilentlyIsDescribed) {
  const Outcome outcome = run("os.kill(os.getpid(), signal.SIGKILL)");
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_THAT(outcome.message, HasSubstr("ended before it was ready: signal SIGKILL"));
}

TEST_F(ServerLoopTest, ACrashedChildIsReplacedBehindTheSameSocket) {
  const Outcome outcome =
      run(kGraceful + kLives +
              "n = life(); ready()\n"
              "if n == 1: wait()\n"
              "s = socket.socket(fileno=inheritance['listeners'][0]['fd'])\n"
              "if s.getsockname().endswith('/app.sock'): os.kill(parent, signal.SIGTERM)\n"
              "wait()\n",
          [this] {
            board_.thread(0, 1).begin("00c0ffee00000003", "GET", "/crash", 1'000'000);
            os::send_signal(board_.process_pid(0), os::Signal::kKill);
          });
  EXPECT_EQ(outcome.exit_status, 0);
  EXPECT_EQ(announced_, 1) << "the start lines are printed once";
  EXPECT_THAT(log_.text, HasSubstr("ended: signal SIGKILL"));
  EXPECT_THAT(log_.text, HasSubstr("error [00c0ffee00000003] 'GET /crash' was running for "));
}

TEST_F(ServerLoopTest, AFailedRestartIsLoggedAndTriedAgain) {
  const Outcome outcome = run(kGraceful + kLives +
                              "n = life()\n"
                              "if n == 2: failed('module gone'); sys.exit(1)\n"
                              "ready()\n"
                              "if n == 1: os.kill(os.getpid(), signal.SIGKILL)\n"
                              "os.kill(parent, signal.SIGTERM)\n"
                              "wait()\n");
  EXPECT_EQ(outcome.exit_status, 0);
  EXPECT_THAT(log_.text, HasSubstr("error module gone\n"));
  EXPECT_THAT(log_.text, HasSubstr("child 0 is started again in 1.000 s"));
}

TEST_F(ServerLoopTest, OtherSignalsDoNotEndIt) {
  const Outcome outcome = run(kGraceful +
                              "ready()\n"
                              "for s in (signal.SIGHUP, signal.SIGUSR1, signal.SIGPIPE,\n"
                              "          signal.SIGTERM): os.kill(parent, s)\n"
                              "wait()\n");
  EXPECT_EQ(outcome.exit_status, 0);
  EXPECT_THAT(log_.text, HasSubstr("SIGHUP is ignored"));
}

TEST_F(ServerLoopTest, AnInterpreterThatCannotRunEndsIt) {
  auto signals = open_server_signals();
  ASSERT_TRUE(signals.has_value());
  ServerLoop::Plan plan;
  plan.child.program = {"/no/such/python", {"python"}, {}};
  ServerLoop loop(std::move(plan), *signals, sockets_, board_, log_);
  const Outcome outcome = loop.run();
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_THAT(outcome.message, HasSubstr("/no/such/python: No such file or directory"));
}

}  // namespace
}  // namespace forkloom::supervisor
