#include "os/signals.h"

#include <array>
#include <csignal>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

constexpr std::array kCaught = {Signal::kTerminate, Signal::kUser1};

TEST(SignalPipe, GivesSignalsInTheirOrder) {
  auto pipe = SignalPipe::open(kCaught);
  ASSERT_TRUE(pipe.has_value());
  EXPECT_FALSE(pipe->next().has_value());
  ::raise(SIGUSR1);
  ::raise(SIGTERM);
  EXPECT_EQ(pipe->next(), Signal::kUser1);
  EXPECT_EQ(pipe->next(), Signal::kTerminate);
  EXPECT_FALSE(pipe->next().has_value());
}

TEST(SignalPipe, BlocksNoSignal) {
  const auto pipe = SignalPipe::open(kCaught);
  ASSERT_TRUE(pipe.has_value());
  sigset_t mask;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  EXPECT_EQ(sigismember(&mask, SIGTERM), 0);
}

TEST(SignalPipe, TheDefaultActionsAreBackWhenItIsGone) {
  { const auto pipe = SignalPipe::open(kCaught); }
  EXPECT_EXIT(::raise(SIGTERM), testing::KilledBySignal(SIGTERM), "");
}

// multiprocessing's Process.terminate() must end the forked process, not the server.
TEST(SignalPipe, AForkedProcessHasTheDefaultActionAndLeavesThePipeAlone) {
  auto pipe = SignalPipe::open(kCaught);
  ASSERT_TRUE(pipe.has_value());
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::raise(SIGTERM);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(pipe->next().has_value());
}

TEST(SignalPipe, AFloodOfSignalsNeitherBlocksNorIsLostAltogether) {
  auto pipe = SignalPipe::open(kCaught);
  ASSERT_TRUE(pipe.has_value());
  for (int i = 0; i < 100'000; ++i) ::raise(SIGUSR1);
  EXPECT_EQ(pipe->next(), Signal::kUser1);
}

TEST(Signals, HaveTheirNames) {
  EXPECT_EQ(signal_name(SIGSEGV), "SIGSEGV");
  EXPECT_EQ(signal_name(1000), "signal 1000");
}

}  // namespace
}  // namespace forkloom::os
