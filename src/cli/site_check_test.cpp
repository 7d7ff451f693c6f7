#include "cli/site_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/disk_files.h"
#include "cli/temporary_folder.h"

namespace forkloom::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class SiteCheckTest : public testing::Test {
 protected:
  SiteCheck check(const std::string& text) const {
    const auto configuration = config::read_configuration(
        text, "site.conf", DiskFiles(), {.defined = {}, .server_root = folder_.path().string()});
    if (configuration) return check_site(*configuration);
    ADD_FAILURE() << configuration.error().front().text();
    return {};
  }
  static std::vector<std::string> texts(const std::vector<config::Diagnostic>& diagnostics) {
    std::vector<std::string> result;
    for (const config::Diagnostic& diagnostic : diagnostics) result.push_back(diagnostic.text());
    return result;
  }
  std::vector<std::string> errors(const std::string& text) const {
    return texts(check(text).errors);
  }
  std::vector<std::string> warnings(const std::string& text) const {
    return texts(check(text).warnings);
  }

  TemporaryFolder folder_;
};

TEST_F(SiteCheckTest, FindsNothingWhereAllIsThere) {
  folder_.add_file("app.wsgi");
  folder_.add_file("mime.types", "text/css css\n");
  folder_.add_folder("public");
  folder_.add_folder("logs");
  const SiteCheck found = check(
      "User root\nGroup root\nTypesConfig mime.types\nPidFile pid\nDocumentRoot public\n"
      "Alias /a public\nWSGIScriptAlias /b app.wsgi\nForkloomApplication /c any.module\n"
      "AliasMatch ^/x(.*) /nowhere$1\nErrorLog logs/error\nCustomLog logs/access combined\n"
      "CustomLog - \"%h %>s\"\n");
  EXPECT_THAT(texts(found.errors), IsEmpty());
  EXPECT_THAT(texts(found.warnings), IsEmpty());
}

TEST_F(SiteCheckTest, TheDefaultsAreRight) {
  EXPECT_THAT(errors(""), IsEmpty());
  EXPECT_THAT(warnings(""), IsEmpty());
}

TEST_F(SiteCheckTest, AFormatThatCannotBeUsedIsToldWhereTheLogStands) {
  EXPECT_THAT(errors("\nCustomLog - \"%h %J\"\n"),
              ElementsAre(AllOf(StartsWith("site.conf:2: CustomLog: the format cannot be used"),
                                HasSubstr("\n    CustomLog - \"%h %J\""))));
  EXPECT_THAT(errors("LogFormat \"%J\" mine\nCustomLog - mine\n"),
              ElementsAre(StartsWith("site.conf:2: CustomLog")));
}

TEST_F(SiteCheckTest, AMisspeltNameOfAFormatIsAnError) {
  EXPECT_THAT(errors("CustomLog - combind\n"), ElementsAre(HasSubstr("'combind'")));
  EXPECT_THAT(errors("CustomLog - vhost_combined\n"), IsEmpty());
}

TEST_F(SiteCheckTest, FoldersOfLogsAndOfThePidFileHaveToExist) {
  EXPECT_THAT(errors("ErrorLog /nowhere/error\nCustomLog /nowhere/access common\nPidFile no/pid\n"),
              ElementsAre(HasSubstr(folder_.path_of("no/pid")),
                          HasSubstr("site.conf:1: ErrorLog: /nowhere/error cannot be written: "
                                    "there is no folder /nowhere"),
                          StartsWith("site.conf:2: CustomLog: /nowhere/access")));
  EXPECT_THAT(errors("ErrorLog /usr\n"), ElementsAre(HasSubstr("/usr is a folder")));
}

TEST_F(SiteCheckTest, TheTypesHaveToBeReadable) {
  EXPECT_THAT(errors("typesconfig gone\n"),
              ElementsAre(AllOf(StartsWith("site.conf:1: TypesConfig: "), HasSubstr("No such"))));
}

TEST_F(SiteCheckTest, UserAndGroupHaveToExistUnlessGivenByNumber) {
  EXPECT_THAT(errors("User nobody-of-this-name\nGroup no-such-group\n"),
              ElementsAre(HasSubstr("there is no user nobody-of-this-name"),
                          HasSubstr("there is no group no-such-group")));
  EXPECT_THAT(errors("User #54321\nGroup #54321\n"), IsEmpty());
}

TEST_F(SiteCheckTest, WhatUrlsLeadToMayBeMissing) {
  const std::string text = "DocumentRoot gone\nAlias /a /nowhere\nWSGIScriptAlias /b /gone.wsgi\n";
  EXPECT_THAT(errors(text), IsEmpty());
  EXPECT_THAT(warnings(text),
              ElementsAre(StartsWith("site.conf:1: DocumentRoot: there is no folder"),
                          StartsWith("site.conf:2: Alias: there is no /nowhere"),
                          StartsWith("site.conf:3: WSGIScriptAlias")));
}

TEST_F(SiteCheckTest, OfARepeatedDirectiveTheLastCounts) {
  EXPECT_THAT(errors("ErrorLog /nowhere/error\nErrorLog -\n"), IsEmpty());
}

TEST_F(SiteCheckTest, EachVirtualHostIsLookedAt) {
  EXPECT_THAT(
      errors("<VirtualHost *:80>\nServerName a\n</VirtualHost>\n"
             "<VirtualHost *:80>\nServerName b\nErrorLog /nowhere/b\n"
             "CustomLog - %J\n</VirtualHost>\n"),
      ElementsAre(StartsWith("site.conf:6: ErrorLog"), StartsWith("site.conf:7: CustomLog")));
}

}  // namespace
}  // namespace forkloom::cli
