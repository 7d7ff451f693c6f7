#include "os/log_file.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

using ::testing::HasSubstr;

// Keeps what was logged, from any thread.
class KeptLog final : public Log {
 public:
  KeptLog() : Log(Level::kTrace) {}
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  void emit(Level, std::string_view, std::string_view text) noexcept override {
    const std::lock_guard lock(mutex_);
    text_.append(text).append("\n");
  }
  std::mutex mutex_;
  std::string text_;
};

class LogFileTest : public ::testing::Test {
 protected:
  LogFileTest() {
    std::string pattern = ::testing::TempDir() + "forkloom-log-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~LogFileTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ / name; }
  static std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  LogFile open(const std::string& name) const {
    auto file = LogFile::open(path(name), -1);
    EXPECT_TRUE(file) << file.error().message();
    return std::move(*file);
  }

  std::filesystem::path folder_;
};

TEST_F(LogFileTest, AppendsToWhatIsThere) {
  std::ofstream(path("log")) << "old\n";
  LogFile file = open("log");
  ASSERT_TRUE(file.write("new\n"));
  EXPECT_EQ(content(path("log")), "old\nnew\n");
}

TEST_F(LogFileTest, NamesThePathThatCannotBeOpened) {
  const auto file = LogFile::open(path("missing/log"), -1);
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message(), HasSubstr(path("missing/log")));
  EXPECT_EQ(file.error().number(), ENOENT);
}

TEST_F(LogFileTest, WritesToTheInheritedFileWithoutOpeningThePath) {
  const UniqueFd fd(::open(path("log").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
  std::filesystem::rename(path("log"), path("moved"));
  auto file = LogFile::open(path("log"), -1, fd.get());
  ASSERT_TRUE(file);
  EXPECT_NE(file->fd(), fd.get()) << "borrowed: the caller may close it";
  ASSERT_TRUE(file->write("line\n"));
  EXPECT_EQ(content(path("moved")), "line\n");
  EXPECT_FALSE(std::filesystem::exists(path("log")));
  ASSERT_TRUE(file->reopen_if_moved());
  ASSERT_TRUE(file->write("next\n"));
  EXPECT_EQ(content(path("log")), "next\n");
}

TEST_F(LogFileTest, AnInheritedDescriptorThatIsNotOpenIsAnError) {
  EXPECT_FALSE(LogFile::open(path("log"), -1, 999));
}

TEST_F(LogFileTest, StandsForTheStandardDescriptorWhereThePathIsADash) {
  const UniqueFd fd(::open(path("standard").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  auto file = LogFile::open("-", fd.get());
  ASSERT_TRUE(file);
  EXPECT_EQ(file->fd(), fd.get());
  ASSERT_TRUE(file->write("line\n"));
  std::filesystem::rename(path("standard"), path("moved"));
  ASSERT_TRUE(file->reopen_if_moved());
  ASSERT_TRUE(file->write("line\n"));
  EXPECT_EQ(content(path("moved")), "line\nline\n");
}

TEST_F(LogFileTest, OpensThePathAgainAfterItWasMoved) {
  LogFile file = open("log");
  ASSERT_TRUE(file.write("one\n"));
  std::filesystem::rename(path("log"), path("log.1"));
  ASSERT_TRUE(file.write("two\n"));
  ASSERT_TRUE(file.reopen_if_moved());
  ASSERT_TRUE(file.write("three\n"));
  EXPECT_EQ(content(path("log.1")), "one\ntwo\n");
  EXPECT_EQ(content(path("log")), "three\n");
}

TEST_F(LogFileTest, OpensThePathAgainWhereAnotherFileTookItsPlace) {
  LogFile file = open("log");
  std::filesystem::rename(path("log"), path("log.1"));
  std::ofstream(path("log")) << "theirs\n";
  ASSERT_TRUE(file.reopen_if_moved());
  ASSERT_TRUE(file.write("ours\n"));
  EXPECT_EQ(content(path("log")), "theirs\nours\n");
}

TEST_F(LogFileTest, KeepsTheOldFileAndFailsOnceWhereThePathBecameADirectory) {
  LogFile file = open("log");
  std::filesystem::rename(path("log"), path("log.1"));
  std::filesystem::create_directory(path("log"));
  const auto first = file.reopen_if_moved();
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().number(), EISDIR);
  EXPECT_TRUE(file.reopen_if_moved());
  ASSERT_TRUE(file.write("kept\n"));
  EXPECT_EQ(content(path("log.1")), "kept\n");

  std::filesystem::remove(path("log"));
  ASSERT_TRUE(file.reopen_if_moved());
  ASSERT_TRUE(file.write("back\n"));
  EXPECT_EQ(content(path("log")), "back\n");
}

TEST_F(LogFileTest, FailsOnceWhereTheFolderIsGoneAndAgainAfterARecovery) {
  std::filesystem::create_directory(path("logs"));
  LogFile file = open("logs/log");
  const auto lose_folder = [&] { std::filesystem::rename(path("logs"), path("away")); };
  lose_folder();
  EXPECT_FALSE(file.reopen_if_moved());
  EXPECT_TRUE(file.reopen_if_moved());
  std::filesystem::rename(path("away"), path("logs"));
  EXPECT_TRUE(file.reopen_if_moved());
  lose_folder();
  EXPECT_FALSE(file.reopen_if_moved());
}

TEST_F(LogFileTest, ReturnsAFullDisksErrorOnce) {
  auto file = LogFile::open("/dev/full", -1);
  ASSERT_TRUE(file);
  const auto first = file->write("line\n");
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().number(), ENOSPC);
  EXPECT_TRUE(file->is_failing());
  EXPECT_TRUE(file->write("line\n"));
  EXPECT_TRUE(file->is_failing());
}

TEST_F(LogFileTest, BeginsANewLineAfterADiskTookHalfOfOne) {
  LogFile file = open("log");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  // Nothing may be printed while the limit holds: it is for the test's own output too.
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit low{.rlim_cur = 6, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &low);
  const auto cut = file.write("whole\nhalf of it\n");
  ::setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(cut);
  EXPECT_EQ(content(path("log")), "whole\n");
  ASSERT_TRUE(file.write("next\n"));

  const rlimit higher{.rlim_cur = 14, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &higher);
  const auto cut_again = file.write("half of it\n");
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  ASSERT_FALSE(cut_again);
  ASSERT_TRUE(file.write("last\n"));
  EXPECT_EQ(content(path("log")), "whole\nnext\nhal\nlast\n");
  EXPECT_FALSE(file.is_failing());
}

TEST_F(LogFileTest, WaitsForRoomInANonBlockingPipe) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  auto file = LogFile::open("-", write_end.get());
  ASSERT_TRUE(file);
  const std::string text(1U << 20, 'x');
  std::size_t seen = 0;
  std::thread reader([&] {
    std::vector<char> buffer(1U << 16);
    while (seen < text.size()) {
      const ssize_t count = ::read(read_end.get(), buffer.data(), buffer.size());
      if (count > 0) seen += static_cast<std::size_t>(count);
    }
  });
  const auto written = file->write(text);
  reader.join();
  EXPECT_TRUE(written);
  EXPECT_EQ(seen, text.size());
}

TEST_F(LogFileTest, WritesEverythingThatIsPendingInTheDestructor) {
  KeptLog errors;
  {
    LineWriter writer(open("log"), errors);
    for (int i = 0; i < 1000; ++i) writer.append("line\n");
  }
  EXPECT_EQ(content(path("log")).size(), 5000U);
  EXPECT_EQ(errors.text(), "");
}

// "<thread> <number>" lines of all files: how many of each thread, and whether each is whole and
// in order.
std::map<int, int> counts_in_order(const std::vector<std::string>& texts) {
  std::map<int, int> next;
  for (const std::string& text : texts) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      int thread = -1;
      int number = -1;
      char rest = 0;
      if (std::sscanf(line.c_str(), "%d %d%c", &thread, &number, &rest) != 2) {
        ADD_FAILURE() << "not a whole line: " << line;
        continue;
      }
      EXPECT_EQ(number, next[thread]++);
    }
  }
  return next;
}

TEST_F(LogFileTest, KeepsEachLineWholeWhenManyThreadsAppend) {
  constexpr int kThreads = 8;
  constexpr int kLines = 20'000;
  KeptLog errors;
  {
    LineWriter writer(open("log"), errors);
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&writer, thread] {
        for (int i = 0; i < kLines; ++i) writer.append(fmt::format("{} {}\n", thread, i));
      });
    }
  }
  const auto counts = counts_in_order({content(path("log"))});
  EXPECT_EQ(counts.size(), std::size_t{kThreads});
  for (const auto& [thread, count] : counts) EXPECT_EQ(count, kLines) << thread;
}

TEST_F(LogFileTest, LosesNothingWhenTheFileIsMovedWhileThreadsAppend) {
  constexpr int kThreads = 3;
  KeptLog errors;
  std::vector<int> sent(kThreads, 0);
  {
    LineWriter writer(open("log"), errors);
    std::atomic<bool> is_enough = false;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        while (!is_enough) {
          writer.append(fmt::format("{} {}\n", thread, sent[thread]++));
          std::this_thread::sleep_for(microseconds(100));
        }
      });
    }
    while (content(path("log")).empty()) std::this_thread::sleep_for(milliseconds(5));
    std::filesystem::rename(path("log"), path("log.1"));
    // The new file appears with the first write after a look at the path.
    while (!std::filesystem::exists(path("log"))) std::this_thread::sleep_for(milliseconds(5));
    is_enough = true;
    for (auto& thread : threads) thread.join();
  }
  const auto counts = counts_in_order({content(path("log.1")), content(path("log"))});
  for (int thread = 0; thread < kThreads; ++thread) EXPECT_EQ(counts.at(thread), sent[thread]);
  EXPECT_EQ(errors.text(), "");
}

TEST_F(LogFileTest, LogsAFullDiskOnceHoweverManyLinesAreLost) {
  KeptLog errors;
  {
    LineWriter writer(std::move(*LogFile::open("/dev/full", -1)), errors);
    for (int batch = 0; batch < 3; ++batch) {
      writer.append("line\n");
      std::this_thread::sleep_for(milliseconds(80));
    }
  }
  const std::string text = errors.text();
  EXPECT_THAT(text, HasSubstr("No space left on device"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
}

TEST_F(LogFileTest, CountsTheLinesItDropsWhenTooManyWait) {
  KeptLog errors;
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  std::thread reader;
  {
    LineWriter writer(std::move(*LogFile::open("-", write_end.get())), errors);
    // Nobody reads yet: one batch is stuck in the pipe, one waits, and each is within the limit.
    const std::string line = std::string(LineWriter::kMostPending / 4 - 1, 'x') + "\n";
    for (int i = 0; i < 9; ++i) writer.append(line);
    reader = std::thread([&read_end] {
      std::vector<char> buffer(1U << 20);
      while (::read(read_end.get(), buffer.data(), buffer.size()) > 0) {
      }
    });
  }
  write_end.reset();
  reader.join();
  EXPECT_THAT(errors.text(), HasSubstr("log lines were dropped"));
}

}  // namespace
}  // namespace forkloom::os
