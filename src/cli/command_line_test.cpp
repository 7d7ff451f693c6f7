#include "cli/command_line.h"

#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_folder.h"

namespace forkloom::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

class CommandLineTest : public testing::Test {
 protected:
  Plan obey(std::vector<const char*> arguments) const {
    arguments.insert(arguments.begin(), "forkloom");
    Surroundings surroundings;
    surroundings.working_directory = folder_.path();
    return CommandLine().obey(static_cast<int>(arguments.size()), arguments.data(), surroundings);
  }
  std::string messages(std::vector<const char*> arguments) const {
    const Plan plan = obey(std::move(arguments));
    EXPECT_EQ(plan.report.status, kUsageError);
    EXPECT_FALSE(plan.start.has_value());
    return plan.report.messages;
  }

  TemporaryFolder folder_;
};

TEST_F(CommandLineTest, ItsHelpNamesEveryCommandAndFitsATerminal) {
  const Report report = obey({"--help"}).report;
  EXPECT_EQ(report.status, 0);
  for (const char* command : {"serve", "run", "check", "help", "-V", "--version"}) {
    EXPECT_THAT(report.output, HasSubstr(command));
  }
  for (const char* command : {"run", "check", "help"}) {
    std::istringstream lines(obey({command, "--help"}).report.output);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST_F(CommandLineTest, ServesATarget) {
  folder_.add_file("app.wsgi");
  const Plan plan = obey({"serve", "app.wsgi", "--threads", "3"});
  ASSERT_TRUE(plan.start.has_value()) << plan.report.messages;
  EXPECT_EQ(plan.start->settings.threads, 3U);
}

TEST_F(CommandLineTest, RunsAFileWithNames) {
  folder_.add_file("site.conf", "Listen ${PORT}\nThreadsPerChild ${THREADS}\n");
  const Plan plan = obey({"run", "-f", "site.conf", "-D", "PORT=8126", "-DTHREADS=4"});
  ASSERT_TRUE(plan.start.has_value()) << plan.report.messages;
  EXPECT_EQ(plan.start->settings.listen.at(0).port, 8126);
  EXPECT_EQ(plan.start->settings.threads, 4U);
}

TEST_F(CommandLineTest, ChecksAFile) {
  folder_.add_file("site.conf", "");
  EXPECT_EQ(obey({"check", "-f", "site.conf"}).report.output, "Syntax OK\n");
}

TEST_F(CommandLineTest, HelpsWithDirectivesAndCommands) {
  EXPECT_THAT(obey({"help", "Listen"}).report.output, StartsWith("Listen HOST:PORT"));
  EXPECT_THAT(obey({"help"}).report.output, HasSubstr("WSGIScriptAlias"));
  EXPECT_THAT(obey({"help", "--manual"}).report.output, StartsWith("# Directives"));
  EXPECT_THAT(obey({"help", "serve"}).report.output, HasSubstr("--bind"));
}

TEST_F(CommandLineTest, TellsItsVersionInALineOrAtLength) {
  for (const char* option : {"-v", "--version"}) {
    EXPECT_THAT(obey({option}).report.output, ContainsRegex("^forkloom [0-9.]+\n$"));
  }
  EXPECT_THAT(obey({"-V"}).report.output, StartsWith("Server version: Forkloom/"));
  folder_.add_file("site.conf", "MPM ${MODEL}\n");
  EXPECT_THAT(obey({"-V", "-f", "site.conf", "-D", "MODEL=prefork"}).report.output,
              HasSubstr("Server MPM:     Prefork"));
}

TEST_F(CommandLineTest, SaysWhatIsMissingOrTooMuch) {
  EXPECT_EQ(messages({}),
            "forkloom: a command is missing: write forkloom serve, run, check or help\n");
  EXPECT_EQ(messages({"start"}),
            "forkloom: there is no command start: write forkloom serve, run, check or help\n");
  EXPECT_EQ(messages({"run"}), "forkloom: -f is required: see forkloom run --help\n");
  EXPECT_THAT(messages({"-f", "site.conf"}), HasSubstr("write forkloom run -f FILE"));
  EXPECT_EQ(messages({"check", "-f"}),
            "forkloom: -f: its value is missing: see forkloom check --help\n");
  EXPECT_THAT(messages({"help", "Listen", "Timeout"}), HasSubstr("'Timeout' is one argument too"));
  EXPECT_EQ(messages({"-x"}), "forkloom: there is no option -x: see forkloom --help\n");
}

}  // namespace
}  // namespace forkloom::cli
