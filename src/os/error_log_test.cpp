#include "os/error_log.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "base/time.h"
#include "os/descriptor.h"

namespace forkloom::os {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class ErrorLogTest : public ::testing::Test {
 protected:
  ErrorLogTest() {
    std::string pattern = ::testing::TempDir() + "forkloom-error-log-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ErrorLogTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ / name; }
  static std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static std::unique_ptr<Log> open(const std::string& path, Level threshold = Level::kTrace) {
    auto log = open_error_log(path, threshold, TakesOver::kNothing);
    EXPECT_TRUE(log) << log.error().message();
    return std::move(*log);
  }

  std::filesystem::path folder_;
};

// Points descriptors 1 and 2 back to where they were.
class StandardOutputGuard {
 public:
  StandardOutputGuard() : out_(::dup(STDOUT_FILENO)), err_(::dup(STDERR_FILENO)) {}
  ~StandardOutputGuard() {
    ::dup2(out_.get(), STDOUT_FILENO);
    ::dup2(err_.get(), STDERR_FILENO);
  }
  StandardOutputGuard(const StandardOutputGuard&) = delete;
  StandardOutputGuard& operator=(const StandardOutputGuard&) = delete;

 private:
  UniqueFd out_;
  UniqueFd err_;
};

constexpr const char* kTime = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6} ";

TEST_F(ErrorLogTest, WritesTimeLevelProcessThreadAndText) {
  open(path("log"))->notice("listening on {}", "127.0.0.1:8000");
  EXPECT_THAT(content(path("log")),
              MatchesRegex(fmt::format("{}\\[notice\\] \\[pid {}:tid {}\\] listening on "
                                       "127\\.0\\.0\\.1:8000\n",
                                       kTime, ::getpid(), ::gettid())));
}

TEST_F(ErrorLogTest, GivesEachLineOfARequestsTextTheSamePrefix) {
  open(path("log"))->write_for("00c0ffee00000001", Level::kError, "Traceback\n  {}\n", "boom");
  std::istringstream lines(content(path("log")));
  std::string first;
  std::string second;
  std::string none;
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_FALSE(std::getline(lines, none));
  ASSERT_TRUE(first.ends_with("] [req 00c0ffee00000001] Traceback")) << first;
  EXPECT_EQ(second, first.substr(0, first.size() - 9) + "  boom");
}

TEST_F(ErrorLogTest, LeavesOutWhatIsBelowTheThreshold) {
  auto log = open(path("log"), Level::kWarning);
  log->notice("quiet");
  log->warning("loud");
  EXPECT_THAT(content(path("log")), HasSubstr("[warn]"));
  EXPECT_THAT(content(path("log")), ::testing::Not(HasSubstr("quiet")));
}

TEST_F(ErrorLogTest, LetsNoClientForgeALine) {
  open(path("log"))->error("bad path {}", "\x1b[31m\rx");
  EXPECT_THAT(content(path("log")), HasSubstr("bad path \\x1b[31m\\x0dx\n"));
}

TEST_F(ErrorLogTest, NamesTheFileThatCannotBeOpened) {
  const auto log =
      open_error_log(path("missing/log"), Level::kError, TakesOver::kStandardErrorAndOutput);
  ASSERT_FALSE(log);
  EXPECT_THAT(log.error().message(), HasSubstr("error log"));
  EXPECT_THAT(log.error().message(), HasSubstr(path("missing/log")));
}

TEST_F(ErrorLogTest, StandsForStandardErrorWhereThePathIsEmptyOrADash) {
  const StandardOutputGuard guard;
  const UniqueFd fd(::open(path("captured").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  ::dup2(fd.get(), STDERR_FILENO);
  open("")->error("first");
  auto dash = open_error_log("-", Level::kError, TakesOver::kStandardErrorAndOutput);
  (*dash)->error("second");
  EXPECT_THAT(content(path("captured")), MatchesRegex("[^\n]* first\n[^\n]* second\n"));
}

TEST_F(ErrorLogTest, CatchesWhatTheProcessPrintsAlsoAfterTheFileWasMoved) {
  std::string before;
  std::string after;
  {
    const StandardOutputGuard guard;
    auto log = open_error_log(path("log"), Level::kInfo, TakesOver::kStandardErrorAndOutput);
    ASSERT_TRUE(log);
    EXPECT_EQ(::dprintf(STDOUT_FILENO, "printed\n"), 8);
    EXPECT_EQ(::dprintf(STDERR_FILENO, "complained\n"), 11);
    std::filesystem::rename(path("log"), path("log.1"));
    // The path is looked at once a second, before a line is written.
    while (!std::filesystem::exists(path("log"))) {
      (*log)->info("tick");
      std::this_thread::sleep_for(milliseconds(20));
    }
    EXPECT_EQ(::dprintf(STDOUT_FILENO, "printed later\n"), 14);
    before = content(path("log.1"));
    after = content(path("log"));
  }
  EXPECT_THAT(before, ::testing::StartsWith("printed\ncomplained\n"));
  EXPECT_THAT(after, ::testing::EndsWith(" tick\nprinted later\n"));
}

TEST_F(ErrorLogTest, KeepsEachMessageWholeWhenManyThreadsWrite) {
  constexpr int kThreads = 6;
  constexpr int kMessages = 2000;
  {
    auto log = open(path("log"));
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&log] {
        for (int k = 0; k < kMessages; ++k) log->error("begin\nend");
      });
    }
  }
  std::istringstream lines(content(path("log")));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    ASSERT_TRUE(line.ends_with(count % 2 == 0 ? "] begin" : "] end")) << line;
  }
  EXPECT_EQ(count, 2 * kThreads * kMessages);
}

}  // namespace
}  // namespace forkloom::os
