#include "cli/version_listing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_folder.h"

namespace forkloom::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(VersionListing, TellsWhatTheBinaryIsMadeOf) {
  EXPECT_THAT(
      version_listing(nullptr),
      AllOf(StartsWith("Server version: Forkloom/"),
            ContainsRegex("\nServer built:   [A-Z][a-z][a-z] [ 0-9][0-9] [0-9]+ [0-9:]+ UTC\n"),
            ContainsRegex("\nCompiled using: .*Boost 1\\.[0-9]+\\.[0-9]+, fmt "),
            ContainsRegex("\nArchitecture:   (64|32)-bit\n"),
            HasSubstr("\nProcess models: prefork worker winnt"),
            HasSubstr("\n -D DEFAULT_ERRORLOG=\"-\"\n"), Not(HasSubstr("Server MPM"))));
}

TEST(VersionListing, TellsTheModelOfAFile) {
  TemporaryFolder folder;
  folder.add_file("site.conf", "LoadModule mpm_worker_module modules/mod_mpm_worker.so\n");
  const Report worker = version_report({.file = "site.conf", .defined = {}}, folder.path());
  EXPECT_EQ(worker.status, 0);
  EXPECT_THAT(worker.output, HasSubstr("\nServer MPM:     Worker\n"
                                       "  threaded:     yes (fixed thread count)\n"
                                       "    forked:     yes (variable process count)\n"
                                       "Server compiled with....\n"));
}

TEST(VersionListing, TellsEachModel) {
  config::Settings settings;
  settings.model = config::Model::kPrefork;
  EXPECT_THAT(version_listing(&settings),
              HasSubstr("Server MPM:     Prefork\n"
                        "  threaded:     no\n"
                        "    forked:     yes (variable process count)\n"));
  settings.model = config::Model::kWinnt;
  EXPECT_THAT(version_listing(&settings), HasSubstr("Server MPM:     WinNT\n"
                                                    "  threaded:     yes (fixed thread count)\n"
                                                    "    forked:     no\n"));
}

TEST(VersionListing, OfAFileWithErrorsTellsThose) {
  TemporaryFolder folder;
  folder.add_file("site.conf", "MPM eager\n");
  const Report report = version_report({.file = "site.conf", .defined = {}}, folder.path());
  EXPECT_EQ(report.output, "");
  EXPECT_EQ(report.status, kUsageError);
  EXPECT_THAT(report.messages, HasSubstr("site.conf:1: MPM"));
}

}  // namespace
}  // namespace forkloom::cli
