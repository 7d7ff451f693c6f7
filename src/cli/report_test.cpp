#include "cli/report.h"

#include <vector>

#include <gtest/gtest.h>

namespace forkloom::cli {
namespace {

using config::Diagnostic;
using config::Unbuilt;

const Diagnostic kOfFile = {
    {"/srv/site.conf", 3}, "Timeout x", "Timeout", {"'x' is wrong", "write 5"}};

TEST(Report, AnErrorOfAFileBeginsWithItsPlace) {
  EXPECT_EQ(errors_text(std::vector{kOfFile}),
            "/srv/site.conf:3: Timeout: 'x' is wrong: write 5\n    Timeout x\n");
}

TEST(Report, AnErrorOfTheCommandLineBeginsWithItsOption) {
  EXPECT_EQ(errors_text(std::vector{wrong_option("--threads", {"'x' is wrong", "write 5"})}),
            "forkloom: --threads: 'x' is wrong: write 5\n");
}

TEST(Report, WarningsAreMarked) {
  EXPECT_EQ(warnings_text(std::vector{kOfFile}),
            "forkloom: warning: /srv/site.conf:3: Timeout: 'x' is wrong: write 5\n"
            "    Timeout x\n");
}

TEST(Report, CountsErrors) {
  EXPECT_EQ(count_text(1, "a.conf"), "forkloom: 1 error in a.conf\n");
  EXPECT_EQ(count_text(2, "a.conf"), "forkloom: 2 errors in a.conf\n");
}

TEST(Report, TellsOnceWhatAStatementNeeds) {
  Unbuilt groups;
  groups.origin.file = "a.conf";
  groups.origin.line = 7;
  groups.source = "WSGIDaemonProcess x";
  groups.directive = "WSGIDaemonProcess";
  groups.what = "groups";
  const std::vector<Unbuilt> twice = {groups, groups};
  EXPECT_EQ(refusals_text(twice),
            "a.conf:7: WSGIDaemonProcess: not built yet: groups\n    WSGIDaemonProcess x\n");
  EXPECT_EQ(notes_text(twice),
            "note: run would refuse a.conf:7: WSGIDaemonProcess: not built yet: groups\n");
}

}  // namespace
}  // namespace forkloom::cli
