#include "config/section.h"

#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using Kind = Section::Kind;

Section section_of(std::string_view head, std::string_view name) {
  const Settings settings = settings_of(std::string(head) + "\n</" + std::string(name) + ">");
  EXPECT_EQ(settings.main.sections.size(), 1U) << head;
  return settings.main.sections.empty() ? Section{} : settings.main.sections[0];
}

TEST(Section, IsAboutAPathOrAPattern) {
  EXPECT_EQ(section_of("<Directory /srv/site>", "Directory").kind, Kind::kDirectory);
  EXPECT_EQ(section_of("<Directory /srv/site>", "Directory").path, "/srv/site");
  EXPECT_EQ(section_of("<directory \"/srv/my site//\">", "DIRECTORY").path, "/srv/my site");
  EXPECT_EQ(section_of("<Directory />", "Directory").path, "/");
  EXPECT_EQ(section_of("<Location /a/>", "Location").path, "/a/");
  EXPECT_EQ(section_of("<Files *.py>", "Files").path, "*.py");
  EXPECT_EQ(section_of("<DirectoryMatch ^/a>", "DirectoryMatch").pattern->text(), "^/a");
  EXPECT_EQ(section_of("<FilesMatch \\.py$>", "FilesMatch").kind, Kind::kFilesMatch);
  EXPECT_EQ(section_of("<LocationMatch \"^/(?<a>b)\">", "LocationMatch").pattern->text(),
            "^/(?<a>b)");
}

TEST(Section, WithATildeIsItsMatchForm) {
  EXPECT_EQ(section_of("<Directory ~ ^/a>", "Directory").kind, Kind::kDirectoryMatch);
  EXPECT_EQ(section_of("<Files ~ a$>", "Files").kind, Kind::kFilesMatch);
  EXPECT_EQ(section_of("<Location ~ \"a b\">", "Location").pattern->text(), "a b");
}

TEST(Section, OfFilesMayStandInADirectoryAndNoDeeper) {
  const Settings settings = settings_of(
      "<Directory /a>\nWSGICallableObject a\n<Files b>\nWSGICallableObject b\n</Files>\n"
      "<FilesMatch c>\n</FilesMatch>\n</Directory>");
  ASSERT_EQ(settings.main.sections.size(), 1U);
  const Section& directory = settings.main.sections[0];
  EXPECT_EQ(directory.settings.callable_object, "a");
  ASSERT_EQ(directory.files.size(), 2U);
  EXPECT_EQ(directory.files[0].settings.callable_object, "b");
  EXPECT_EQ(directory.files[1].kind, Kind::kFilesMatch);
  EXPECT_EQ(directory.files[1].origin, (Origin{"x", 6}));
  EXPECT_EQ(said_of("<Location /a>\n<Files b>\n</Files>\n</Location>"),
            "x:2: Files: it may not stand here: write it outside of all sections, or in "
            "<VirtualHost>, or in <Directory>\n    <Files b>\n");
  EXPECT_EQ(said_of("<Directory /a>\n<Directory /a/b>\n</Directory>\n</Directory>"),
            "x:2: Directory: it may not stand here: write it outside of all sections, or in "
            "<VirtualHost>\n    <Directory /a/b>\n");
}

struct Head {
  std::string_view text;
  std::string_view name;
  std::string_view said;
};

TEST(Section, SaysWhatIsWrong) {
  for (const auto& [text, name, said] : std::initializer_list<Head>{
           {"<Directory srv>", "Directory",
            "'srv' does not begin with /: write the whole path of a folder, like /srv/site"},
           {"<Location a>", "Location", "'a' does not begin with /: write a URL path like /admin"},
           {"<Files a/b>", "Files",
            "'a/b' is not a file's name: write a name without folders, like wsgi.py or *.bak"},
           {"<Files ~>", "Files", "~ has no pattern: write one behind it"},
           {"<Location /a /b>", "Location",
            "'/b' is one argument too many: put a path with spaces into quotes"},
           {"<Location>", "Location",
            "it takes 1 to 2 arguments, not 0: write <Location URL-PATH|~ PATTERN>"},
           {"<LocationMatch ~ a>", "LocationMatch",
            "it takes 1 argument, not 2: write <LocationMatch PATTERN>"},
           {"<FilesMatch (>", "FilesMatch",
            "the pattern '(' cannot be read: missing closing parenthesis at character 2: write a "
            "regular expression in Perl's language"}}) {
    const std::string whole = std::string(text) + "\n</" + std::string(name) + ">";
    EXPECT_EQ(said_of(whole), "x:1: " + std::string(name) + ": " + std::string(said) + "\n    " +
                                  std::string(text) + "\n");
  }
}

}  // namespace
}  // namespace forkloom::config
