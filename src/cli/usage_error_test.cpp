#include "cli/usage_error.h"

#include <algorithm>
#include <vector>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/serve_command.h"

namespace forkloom::cli {
namespace {

using testing::StartsWith;

// CLI11 takes arguments from the end of the list.
std::string message_for(std::vector<std::string> arguments) {
  CLI::App app;
  app.require_subcommand(0, 1);
  ServeOptions options;
  add_serve_command(app, options);
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    return message_of(error, app);
  }
  return "accepted";
}

TEST(UsageError, NamesTheOptionThatDoesNotExist) {
  EXPECT_THAT(message_for({"serve", "app.wsgi", "--workers", "4"}),
              StartsWith("there is no option --workers: see"));
  EXPECT_EQ(message_for({"serve", "app.wsgi", "--thread=4"}),
            "there is no option --thread: write --threads");
  EXPECT_EQ(message_for({"serve", "app.wsgi", "-x"}),
            "there is no option -x: see forkloom serve --help");
}

TEST(UsageError, SaysWhatIsMissing) {
  EXPECT_THAT(message_for({"serve"}), StartsWith("TARGET is required: see"));
  EXPECT_THAT(message_for({"serve", "app.wsgi", "--threads"}),
              StartsWith("--threads: its value is missing"));
}

TEST(UsageError, NamesWhatIsTooMuch) {
  EXPECT_EQ(message_for({"start"}), "there is no command start: write forkloom serve");
  EXPECT_THAT(message_for({"serve", "app.wsgi", "b"}), StartsWith("'b' is one argument too many"));
}

}  // namespace
}  // namespace forkloom::cli
