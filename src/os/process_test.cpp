#include "os/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "os/capture.h"
#include "os/descriptor.h"

namespace forkloom::os {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

Program shell(const std::string& script) {
  return {"/bin/sh", {"sh", "-c", script}, {"PATH=/usr/bin:/bin"}};
}

ProcessEnd run(const std::string& script, std::span<const int> kept = {}) {
  const auto pid = spawn(shell(script), kept);
  EXPECT_TRUE(pid.has_value()) << pid.error().message();
  return wait_for(*pid).value();
}

TEST(Spawn, TellsHowTheProgramEnded) {
  EXPECT_EQ(run("exit 3").text(), "exit status 3");
  EXPECT_TRUE(run("exit 0").is_clean());
  const ProcessEnd killed = run("kill -KILL $$");
  EXPECT_TRUE(killed.is_signal);
  EXPECT_EQ(killed.text(), "signal SIGKILL");
}

TEST(Spawn, AFailureOfExecIsAnError) {
  const auto missing = spawn({"/no/such/program", {"program"}, {}}, {});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().number(), ENOENT);
  EXPECT_THAT(missing.error().message(), HasSubstr("/no/such/program"));
  EXPECT_FALSE(reap_any().has_value()) << "the failed child was not reaped";
}

TEST(Spawn, KeepsTheNamedDescriptorsOnly) {
  const UniqueFd kept(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const UniqueFd closed_on_exec(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const UniqueFd leaky(::open("/dev/null", O_RDONLY));
  const UniqueFd far(::fcntl(kept.get(), F_DUPFD, 200));
  const UniqueFd also_kept(::fcntl(kept.get(), F_DUPFD_CLOEXEC, 300));
  const std::array<int, 2> named = {also_kept.get(), kept.get()};
  const std::string script =
      "for fd in " + std::to_string(kept.get()) + " " + std::to_string(closed_on_exec.get()) + " " +
      std::to_string(leaky.get()) + " " + std::to_string(far.get()) + " " +
      std::to_string(also_kept.get()) +
      "; do test -e /proc/$$/fd/$fd && set -- $@ $fd; done;"
      "test \"$*\" = \"" +
      std::to_string(kept.get()) + " " + std::to_string(also_kept.get()) + "\"";
  EXPECT_TRUE(run(script, named).is_clean());
  EXPECT_NE(::fcntl(kept.get(), F_GETFD) & FD_CLOEXEC, 0) << "changed in this process";
}

TEST(Spawn, ADescriptorThatIsNotOpenIsAnError) {
  const std::array<int, 1> named = {999};
  const auto pid = spawn(shell("true"), named);
  ASSERT_FALSE(pid.has_value());
  EXPECT_EQ(pid.error().number(), EBADF);
}

TEST(Spawn, NoSignalIsBlockedOrIgnoredInTheProgram) {
  ignore(Signal::kPipe);
  ignore(Signal::kUser1);
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto captured = run_and_capture(
      {"/bin/grep", {"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"}, {}}, seconds(60));
  sigset_t after;
  ::pthread_sigmask(SIG_SETMASK, &before, &after);
  reset(Signal::kPipe);
  reset(Signal::kUser1);
  ASSERT_TRUE(captured.has_value());
  std::uint64_t blocked_there = 0;
  std::uint64_t ignored_there = 0;
  ASSERT_EQ(
      std::sscanf(captured->out.c_str(), "SigBlk: %lx SigIgn: %lx", &blocked_there, &ignored_there),
      2)
      << captured->out;
  // The C library's own two, 32 and 33, which its posix_spawn leaves ignored and no program may
  // set.
  constexpr std::uint64_t kLibrarySignals = std::uint64_t{1} << 31 | std::uint64_t{1} << 32;
  EXPECT_EQ(blocked_there, 0U);
  EXPECT_EQ(ignored_there & ~kLibrarySignals, 0U);
  EXPECT_EQ(sigismember(&after, SIGTERM), 1) << "the mask of this process was changed";
}

TEST(Spawn, AnAccountIsTakenOverWhole) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  Program program = shell("id -u; id -g; id -G");
  program.account = Account{.user = 54321, .group = 54322, .groups = {54322, 54323}};
  const auto captured = run_and_capture(program, seconds(60));
  ASSERT_TRUE(captured.has_value()) << captured.error().message();
  EXPECT_EQ(captured->out, "54321\n54322\n54322 54323\n");
}

TEST(Spawn, AnAccountThatMayNotRunTheProgramIsAnError) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  Program program = shell("true");
  std::string folder = testing::TempDir() + "forkloom-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);  // 0700
  program.executable = folder + "/sh";
  ASSERT_EQ(::symlink("/bin/sh", program.executable.c_str()), 0);
  program.account = Account{.user = 54321, .group = 54321, .groups = {}};
  const auto pid = spawn(program, {});
  std::filesystem::remove_all(folder);
  ASSERT_FALSE(pid.has_value());
  EXPECT_EQ(pid.error().number(), EACCES);
}

TEST(SetVariable, ReplacesTheOneOfThatNameOrAddsIt) {
  Program program{.executable = "", .arguments = {}, .environment = {"A=1", "AB=2"}};
  set_variable(program, "A", "3=4");
  set_variable(program, "B", "");
  EXPECT_THAT(program.environment, UnorderedElementsAre("A=3=4", "AB=2", "B="));
}

TEST(Capture, KeepsBothStreams) {
  const auto captured = run_and_capture(shell("cat; echo out; echo err >&2; exit 5"), seconds(60));
  ASSERT_TRUE(captured.has_value());
  EXPECT_EQ(captured->out, "out\n");
  EXPECT_EQ(captured->err, "err\n");
  EXPECT_EQ(captured->end.number, 5);
}

TEST(Capture, CutsEndlessOutput) {
  const auto captured =
      run_and_capture(shell("head -c 3000000 /dev/zero; echo end >&2"), seconds(60));
  ASSERT_TRUE(captured.has_value());
  EXPECT_EQ(captured->out.size(), kMostCaptured);
  EXPECT_EQ(captured->err, "end\n");
}

TEST(Capture, KillsWhatDoesNotEndInTime) {
  const auto captured = run_and_capture(shell("exec sleep 600"), milliseconds(50));
  ASSERT_FALSE(captured.has_value());
  EXPECT_THAT(captured.error().message(), HasSubstr("/bin/sh did not end within"));
  EXPECT_FALSE(reap_any().has_value());
}

TEST(Environment, IsWhatTheProcessHas) {
  ::setenv("FORKLOOM_TEST", "a=b", 1);
  EXPECT_THAT(environment(), Contains("FORKLOOM_TEST=a=b"));
  EXPECT_EQ(environment_variable("FORKLOOM_TEST"), "a=b");
  ::setenv("FORKLOOM_TEST", "", 1);
  EXPECT_FALSE(environment_variable("FORKLOOM_TEST").has_value());
  ::unsetenv("FORKLOOM_TEST");
}

}  // namespace
}  // namespace forkloom::os
