#include "cli/run_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_folder.h"
#include "config/print.h"

namespace forkloom::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class RunTest : public testing::Test {
 protected:
  Plan run(const std::string& text) {
    folder_.add_file("site.conf", text);
    options_.file.file = "site.conf";
    return plan_run(options_, folder_.path());
  }

  TemporaryFolder folder_;
  RunOptions options_;
};

TEST_F(RunTest, AConfigurationThatIsRightIsToBeStarted) {
  const Plan plan = run("Listen 8123\nThreadsPerChild 3\n");
  ASSERT_TRUE(plan.start.has_value()) << plan.report.messages;
  EXPECT_EQ(plan.start->settings.threads, 3U);
  EXPECT_EQ(plan.report.messages, "");
  EXPECT_EQ(plan.report.output, "");
}

TEST_F(RunTest, RelativePathsAreSeenFromTheFolderOfTheFile) {
  folder_.add_file("conf/a.conf", "ErrorLog a.log\n");
  const Plan plan = run("Include conf/*.conf\nDocumentRoot public\n");
  ASSERT_TRUE(plan.start.has_value()) << plan.report.messages;
  EXPECT_EQ(plan.start->settings.server_root, folder_.path().string());
  EXPECT_EQ(plan.start->settings.main.error_log, folder_.path_of("a.log"));
  EXPECT_THAT(plan.report.messages, AllOf(StartsWith("forkloom: warning: " +
                                                     folder_.path_of("site.conf:2: DocumentRoot")),
                                          HasSubstr(folder_.path_of("public"))));
}

TEST_F(RunTest, NamesAreDefined) {
  options_.file.defined = {"PORT=8124", "Large"};
  const Plan plan = run("Listen ${PORT}\n<IfDefine Large>\nThreadsPerChild 99\n</IfDefine>\n");
  ASSERT_TRUE(plan.start.has_value()) << plan.report.messages;
  EXPECT_EQ(plan.start->settings.listen.at(0).port, 8124);
  EXPECT_EQ(plan.start->settings.threads, 99U);
}

TEST_F(RunTest, ANameThatCannotBeAVariablesIsRefused) {
  options_.file.defined = {"=x", "a}"};
  const Plan plan = run("");
  EXPECT_FALSE(plan.start.has_value());
  EXPECT_EQ(plan.report.status, kUsageError);
  EXPECT_THAT(plan.report.messages,
              AllOf(HasSubstr("-D: '' cannot"), HasSubstr("-D: 'a}' cannot")));
}

TEST_F(RunTest, AllErrorsAreToldAndCounted) {
  folder_.add_file("more.conf", "Bogus\n");
  const Plan plan = run("ThreadsPerChild 0\nInclude more.conf\n");
  EXPECT_FALSE(plan.start.has_value());
  EXPECT_EQ(plan.report.status, kUsageError);
  EXPECT_THAT(plan.report.messages,
              AllOf(HasSubstr(folder_.path_of("site.conf:1: ThreadsPerChild: ")),
                    HasSubstr(folder_.path_of("more.conf:1: Bogus: ")),
                    EndsWith("forkloom: 2 errors in " + folder_.path_of("site.conf") + "\n")));
}

TEST_F(RunTest, AFileThatCannotBeReadIsNamed) {
  options_.file.file = "gone.conf";
  const Plan plan = plan_run(options_, folder_.path());
  EXPECT_EQ(plan.report.status, kUsageError);
  EXPECT_THAT(plan.report.messages,
              StartsWith("forkloom: -f: " + folder_.path_of("gone.conf: No such file")));
}

TEST_F(RunTest, WhatCannotStartIsToldBeforeTheStart) {
  const Plan plan = run("ErrorLog /nowhere/log\n");
  EXPECT_FALSE(plan.start.has_value());
  EXPECT_EQ(plan.report.status, kUsageError);
  EXPECT_THAT(plan.report.messages,
              AllOf(HasSubstr("site.conf:1: ErrorLog"), HasSubstr("forkloom: 1 error in ")));
}

TEST_F(RunTest, WhatIsNotBuiltIsRefusedAtTheStartAlone) {
  const std::string text = "WSGIDaemonProcess shop threads=4\n";
  const Plan refused = run(text);
  EXPECT_FALSE(refused.start.has_value());
  EXPECT_EQ(refused.report.status, 1);
  EXPECT_EQ(refused.report.messages,
            folder_.path_of("site.conf:1: WSGIDaemonProcess: not built yet: daemon process groups\n"
                            "    WSGIDaemonProcess shop threads=4\n"));

  options_.is_print_only = true;
  const Plan printed = run(text);
  EXPECT_EQ(printed.report.status, 0);
  EXPECT_FALSE(printed.start.has_value());
  EXPECT_THAT(printed.report.output, HasSubstr("WSGIDaemonProcess shop threads=4\n"));
}

TEST_F(RunTest, WhatIsPrintedRunsTheSame) {
  const std::string text =
      "Define PORT 8125\nListen ${PORT}\n<VirtualHost *:8125>\nServerName a\n"
      "CustomLog access.log \"%h \\\"%r\\\"\"\nAlias /x .\n</VirtualHost>\n";
  const Plan first = run(text);
  ASSERT_TRUE(first.start.has_value()) << first.report.messages;
  const std::string printed = config::print(*first.start);
  TemporaryFolder elsewhere;
  elsewhere.add_file("printed.conf", printed);
  options_.file.file = elsewhere.path_of("printed.conf");
  const Plan second = plan_run(options_, "/");
  ASSERT_TRUE(second.start.has_value()) << second.report.messages;
  EXPECT_EQ(second.start->settings.server_root, first.start->settings.server_root);
  const config::Host& host = second.start->settings.virtual_hosts.at(0);
  EXPECT_EQ(host.custom_logs.at(0).path, folder_.path_of("access.log"));
  EXPECT_EQ(host.custom_logs.at(0).format, "%h \"%r\"");
  EXPECT_EQ(second.start->settings.listen, first.start->settings.listen);
}

}  // namespace
}  // namespace forkloom::cli
