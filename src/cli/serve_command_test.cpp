#include "cli/serve_command.h"

#include <algorithm>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/help_format.h"

namespace forkloom::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ServeCommand : public testing::Test {
 protected:
  ServeCommand() {
    app_.formatter(std::make_shared<HelpFormat>());
    command_ = &add_serve_command(app_, options_);
  }

  // CLI11 takes arguments from the end of the list.
  void parse(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "serve");
    std::reverse(arguments.begin(), arguments.end());
    app_.parse(arguments);
  }

  CLI::App app_;
  ServeOptions options_;
  CLI::App* command_ = nullptr;
};

TEST_F(ServeCommand, TakesEachOption) {
  parse({"app.wsgi",
         "--mount",
         "/x",
         "--chdir",
         "/srv",
         "--python",
         "venv",
         "--static",
         "/s=a",
         "--static=/t=b",
         "--document-root",
         "public",
         "--config",
         "limits.conf",
         "--threads",
         "8",
         "--graceful-timeout",
         "9",
         "--limit-request-body",
         "10",
         "--access-log",
         "-",
         "--access-log-format",
         "json",
         "--error-log",
         "-",
         "--log-level=info",
         "--print-config"});
  EXPECT_EQ(options_.target, "app.wsgi");
  EXPECT_EQ(options_.mount, "/x");
  EXPECT_EQ(options_.chdir, "/srv");
  EXPECT_EQ(options_.python, "venv");
  EXPECT_THAT(options_.static_files, ElementsAre("/s=a", "/t=b"));
  EXPECT_EQ(options_.document_root, "public");
  EXPECT_THAT(options_.config, ElementsAre("limits.conf"));
  EXPECT_EQ(options_.threads, "8");
  EXPECT_EQ(options_.graceful_timeout, "9");
  EXPECT_EQ(options_.limit_request_body, "10");
  EXPECT_EQ(options_.access_log, "-");
  EXPECT_EQ(options_.access_log_format, "json");
  EXPECT_EQ(options_.error_log, "-");
  EXPECT_EQ(options_.log_level, "info");
  EXPECT_TRUE(options_.is_print_only);
}

TEST_F(ServeCommand, ARepeatableOptionDoesNotSwallowTheTarget) {
  parse({"--bind", "[::1]:8000", "--python-path", "a", "--bind", "unix:/x", "app.wsgi"});
  EXPECT_THAT(options_.bind, ElementsAre("[::1]:8000", "unix:/x"));
  EXPECT_THAT(options_.python_path, ElementsAre("a"));
  EXPECT_EQ(options_.target, "app.wsgi");
}

TEST_F(ServeCommand, TakesValuesAsTheyAre) {
  parse({"shop:make()", "--access-log-format", "%h \"%{a,b}i\" [%t]", "--mount", "", "--bind",
         "[::1]"});
  EXPECT_EQ(options_.target, "shop:make()");
  EXPECT_EQ(options_.access_log_format, "%h \"%{a,b}i\" [%t]");
  EXPECT_EQ(options_.mount, "");
  EXPECT_THAT(options_.bind, ElementsAre("[::1]"));
}

TEST_F(ServeCommand, OfARepeatedOptionTheLastValueCounts) {
  parse({"app.wsgi", "--threads", "1", "--threads", "2"});
  EXPECT_EQ(options_.threads, "2");
}

TEST_F(ServeCommand, RefusesUnknownOptionsAndAMissingTarget) {
  EXPECT_THROW(parse({"app.wsgi", "--workers", "4"}), CLI::ParseError);
  EXPECT_THROW(parse({"app.wsgi", "other.wsgi"}), CLI::ParseError);
  EXPECT_THROW(parse({}), CLI::ParseError);
  EXPECT_THROW(parse({"app.wsgi", "--threads"}), CLI::ParseError);
}

TEST_F(ServeCommand, HelpHasEveryOptionWithAnExampleAndFitsATerminal) {
  const std::string help = command_->help();
  for (const CLI::Option* option : command_->get_options()) {
    EXPECT_THAT(help, HasSubstr(option->get_name()));
    const bool takes_value = option->nonpositional() && option->get_items_expected_max() > 0;
    if (!takes_value) continue;
    EXPECT_THAT(help, HasSubstr(fmt::format("Example: {} ", option->get_name())));
  }
  EXPECT_THAT(help, Not(HasSubstr("\n\n\n")));
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

}  // namespace
}  // namespace forkloom::cli
