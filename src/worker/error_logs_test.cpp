#include "worker/error_logs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_site.h"

namespace forkloom::worker {
namespace {

using testing::HasSubstr;
using testing::Not;

class ErrorLogging : public SiteTest {
 protected:
  void open(std::string_view text) {
    ASSERT_NO_FATAL_FAILURE(read(text));
    auto logs = ErrorLogs::open(settings_, inheritance_, log_);
    ASSERT_TRUE(logs) << logs.error().message();
    logs_.emplace(std::move(*logs));
  }

  std::optional<ErrorLogs> logs_;
};

TEST_F(ErrorLogging, AHostThatNamesNoneHasTheProcesss) {
  open("ErrorLog @/main\nLogLevel info\n<VirtualHost *:80>\nServerName a.org\n</VirtualHost>\n");
  EXPECT_EQ(&logs_->of(0), &log_);
  EXPECT_EQ(&logs_->of(1), &log_);
}

TEST_F(ErrorLogging, AFileOrALevelOfItsOwnIsALogOfItsOwn) {
  open(
      "ErrorLog @/main\n"
      "<VirtualHost *:80>\nServerName a.org\nErrorLog @/a\n</VirtualHost>\n"
      "<VirtualHost *:80>\nServerName b.org\nLogLevel debug\n</VirtualHost>\n");
  logs_->of(1).error("of a");
  logs_->of(1).info("too fine");
  logs_->of(2).debug("of b");
  EXPECT_THAT(content("a"), HasSubstr("of a"));
  EXPECT_THAT(content("a"), Not(HasSubstr("too fine")));
  EXPECT_THAT(content("main"), HasSubstr("of b"));
  EXPECT_EQ(log_.text(), "");
}

TEST_F(ErrorLogging, HostsOfOneFileAndLevelShareALog) {
  open(
      "ErrorLog @/main\n"
      "<VirtualHost *:80>\nServerName a.org\nErrorLog @/a\n</VirtualHost>\n"
      "<VirtualHost *:80>\nServerName b.org\nErrorLog @/a\n</VirtualHost>\n"
      "<VirtualHost *:80>\nServerName c.org\nErrorLog @/main\n</VirtualHost>\n");
  EXPECT_EQ(&logs_->of(1), &logs_->of(2));
  EXPECT_EQ(&logs_->of(3), &log_);
}

TEST_F(ErrorLogging, AFileThatCannotBeOpenedIsAnError) {
  ASSERT_NO_FATAL_FAILURE(
      read("<VirtualHost *:80>\nServerName a.org\nErrorLog @/missing/a\n</VirtualHost>\n"));
  const auto logs = ErrorLogs::open(settings_, inheritance_, log_);
  ASSERT_FALSE(logs);
  EXPECT_THAT(logs.error().message(), HasSubstr(path("missing/a")));
}

}  // namespace
}  // namespace forkloom::worker
