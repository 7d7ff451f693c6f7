#include "cli/help_command.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/directives.h"
#include "config/manual.h"

namespace forkloom::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

Report help_for(const std::string& directive) {
  return help({.directive = directive, .is_manual = false});
}

TEST(Help, ExplainsADirectiveInAnyLetterCase) {
  const Report report = help_for("threadsperchild");
  EXPECT_EQ(report.status, 0);
  EXPECT_THAT(report.output, AllOf(StartsWith("ThreadsPerChild NUMBER\n"), HasSubstr("25")));
}

TEST(Help, TakesASectionWithItsBracketsOrWithout) {
  for (const char* name : {"VirtualHost", "<virtualhost>", "</VirtualHost>", "<VirtualHost"}) {
    EXPECT_THAT(help_for(name).output, StartsWith("<VirtualHost ")) << name;
  }
}

TEST(Help, OfAnUnknownNameGivesTheNearest) {
  const Report report = help_for("ThreadPerChild");
  EXPECT_EQ(report.status, kUsageError);
  EXPECT_EQ(report.output, "");
  EXPECT_EQ(
      report.messages,
      "forkloom: ThreadPerChild: there is no such directive: write ThreadsPerChild if that is "
      "meant\n");
}

TEST(Help, KnowsWhatApacheHasBeyond) {
  EXPECT_THAT(help_for("RewriteRule").messages, HasSubstr("mod_rewrite"));
  EXPECT_THAT(help_for("<If>").messages, HasSubstr("has this section"));
}

TEST(Help, ListsEveryNameWithinATerminalsWidth) {
  const std::string text = help_for("").output;
  for (const config::Directive& row : config::directives()) {
    EXPECT_THAT(text, HasSubstr(std::string(row.name)));
  }
  for (const config::Topic& topic : config::topics()) {
    EXPECT_THAT(text, HasSubstr(std::string(topic.title) + ":\n"));
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(Help, PrintsTheManual) {
  EXPECT_EQ(help({.directive = "", .is_manual = true}).output, config::manual_page());
}

}  // namespace
}  // namespace forkloom::cli
