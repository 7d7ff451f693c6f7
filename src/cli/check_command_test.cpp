#include "cli/check_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_folder.h"

namespace forkloom::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class CheckTest : public testing::Test {
 protected:
  Report check_text(const std::string& text) const {
    folder_.add_file("site.conf", text);
    return check({.file = "site.conf", .defined = {}}, folder_.path());
  }

  TemporaryFolder folder_;
};

TEST_F(CheckTest, SaysThatTheSyntaxIsRight) {
  const Report report = check_text("Listen 8000\n");
  EXPECT_EQ(report.output, "Syntax OK\n");
  EXPECT_EQ(report.messages, "");
  EXPECT_EQ(report.status, 0);
}

TEST_F(CheckTest, WarningsLeaveItRight) {
  const Report report = check_text("HostnameLookups On\nDocumentRoot gone\n");
  EXPECT_EQ(report.output, "Syntax OK\n");
  EXPECT_EQ(report.status, 0);
  EXPECT_THAT(report.messages,
              AllOf(HasSubstr("warning: " + folder_.path_of("site.conf:1: HostnameLookups")),
                    HasSubstr("warning: " + folder_.path_of("site.conf:2: DocumentRoot"))));
}

TEST_F(CheckTest, TellsEveryErrorOfTheSyntax) {
  const Report report = check_text("Listen nowhere\nTimeout x\n");
  EXPECT_EQ(report.output, "");
  EXPECT_EQ(report.status, 1);
  EXPECT_THAT(report.messages,
              AllOf(HasSubstr("site.conf:1: Listen"), HasSubstr("site.conf:2: Timeout"),
                    EndsWith("forkloom: 2 errors in " + folder_.path_of("site.conf") + "\n")));
}

TEST_F(CheckTest, TellsWhatTheServerCouldNotStartWith) {
  const Report report = check_text("CustomLog /nowhere/log %J\n");
  EXPECT_EQ(report.output, "");
  EXPECT_EQ(report.status, 1);
  EXPECT_THAT(report.messages, EndsWith("forkloom: 2 errors in " + folder_.path_of("site.conf\n")));
}

TEST_F(CheckTest, NotesWhatRunWouldRefuse) {
  const Report report = check_text("WSGIDaemonProcess shop\nWSGIProcessGroup shop\n");
  EXPECT_EQ(report.output, "");
  EXPECT_EQ(report.status, 1);
  EXPECT_EQ(report.messages, "note: run would refuse " + folder_.path_of("site.conf") +
                                 ":1: WSGIDaemonProcess: not built yet: daemon process groups\n"
                                 "note: run would refuse " +
                                 folder_.path_of("site.conf") +
                                 ":2: WSGIProcessGroup: not built yet: daemon process groups\n");
}

TEST_F(CheckTest, AMissingFileIsAnError) {
  const Report report = check({.file = "gone.conf", .defined = {}}, folder_.path());
  EXPECT_EQ(report.status, 1);
  EXPECT_THAT(report.messages, StartsWith("forkloom: -f: " + folder_.path_of("gone.conf")));
}

}  // namespace
}  // namespace forkloom::cli
