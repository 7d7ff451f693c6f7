#include "supervisor/log_files.h"

#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "os/log_file.h"
#include "supervisor/testing_folder.h"

namespace forkloom::supervisor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LogFilesTest : public FolderTest {
 protected:
  std::vector<std::string> names(const LogFiles& logs) const {
    std::vector<std::string> names;
    for (const auto& log : logs.for_children()) {
      names.push_back(std::filesystem::path(log.path).lexically_relative(folder_));
    }
    return names;
  }
  static void add_access_log(config::Host& host, const std::string& path) {
    host.custom_logs.emplace_back().path = path;
  }

  config::Settings settings_;
};

TEST_F(LogFilesTest, EachFileOfAllHostsIsOpenedOnce) {
  settings_.main.error_log = folder_ / "errors";
  add_access_log(settings_.main, folder_ / "access");
  config::Host& host = settings_.virtual_hosts.emplace_back();
  host.error_log = folder_ / "errors";
  add_access_log(host, folder_ / "own");
  add_access_log(host, folder_ / "access");
  const auto logs = LogFiles::open(settings_);
  ASSERT_TRUE(logs) << logs.error().message();
  EXPECT_THAT(names(*logs), ElementsAre("errors", "access", "own"));
}

TEST_F(LogFilesTest, AChildWritesToWhatTheParentOpened) {
  settings_.main.error_log = write("errors", "old\n");
  const auto logs = LogFiles::open(settings_);
  ASSERT_TRUE(logs);
  const auto given = logs->for_children();
  ASSERT_EQ(given.size(), 1U);
  auto file = os::LogFile::open(given[0].path, -1, given[0].fd);
  ASSERT_TRUE(file && file->write("new\n"));
  std::ifstream written(folder_ / "errors");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(written), {}), "old\nnew\n");
}

TEST_F(LogFilesTest, StandardStreamsAreNoFiles) {
  settings_.main.error_log = "-";
  add_access_log(settings_.main, "-");
  const auto logs = LogFiles::open(settings_);
  ASSERT_TRUE(logs);
  EXPECT_THAT(logs->for_children(), IsEmpty());
}

TEST_F(LogFilesTest, AFileThatCannotBeOpenedIsAnError) {
  add_access_log(settings_.virtual_hosts.emplace_back(), folder_ / "missing/access");
  const auto logs = LogFiles::open(settings_);
  ASSERT_FALSE(logs);
  EXPECT_THAT(logs.error().message(), HasSubstr("missing/access"));
}

}  // namespace
}  // namespace forkloom::supervisor
