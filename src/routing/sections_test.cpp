#include "routing/sections.h"

#include <string>

#include <gtest/gtest.h>

#include "routing/test_site.h"

namespace forkloom::routing {
namespace {

using Kind = config::Section::Kind;

// The marks of the sections that count, in the order of merging.
std::string found(const config::Host& host, const std::string& file_path,
                  const std::string& url_path) {
  const Sections sections(host);
  std::vector<std::uint32_t> numbers;
  sections.find({.path = file_path}, url_path, numbers);
  std::string all;
  for (const std::uint32_t number : numbers) {
    all += (all.empty() ? "" : " ") + marks(sections.settings(number));
  }
  return all;
}

TEST(Sections, CountInApachesOrder) {
  config::Host host;
  host.sections = {
      section(Kind::kLocation, "/", "location"),
      section(Kind::kFiles, "*.html", "files"),
      section(Kind::kDirectoryMatch, "^/srv/.*", "directory-match"),
      section(Kind::kDirectory, "/srv/www/deep", "longer"),
      section(Kind::kLocationMatch, "deep", "location-match"),
      section(Kind::kDirectory, "/srv", "shorter"),
      section(Kind::kDirectory, "/", "root"),
      section(Kind::kFilesMatch, "^index", "files-match"),
      section(Kind::kDirectory, "/srv/*", "wild"),
  };
  host.sections[5].files = {section(Kind::kFiles, "index.html", "inner")};
  host.sections[2].files = {section(Kind::kFilesMatch, "x", "inner-match")};
  EXPECT_EQ(found(host, "/srv/www/deep/index.html", "/deep/index.html"),
            "root shorter wild longer directory-match files files-match inner inner-match "
            "location location-match");
  EXPECT_EQ(found(host, "/srv/www/a.css", "/a.css"), "root shorter wild directory-match location");
  EXPECT_EQ(found(host, "", "/deep"), "location location-match");
}

TEST(Sections, ADirectoryCoversWhatIsBelowIt) {
  config::Host host;
  host.sections = {section(Kind::kDirectory, "/srv/www", "x")};
  for (const char* path : {"/srv/www/a", "/srv/www/", "/srv/www/a/b/", "/srv/www/a/b"}) {
    EXPECT_EQ(found(host, path, "/"), "x") << path;
  }
  for (const char* path : {"/srv/wwwx/a", "/srv/a", "/srv/", "/a", "/", "/srv/WWW/a"}) {
    EXPECT_EQ(found(host, path, "/"), "") << path;
  }
}

TEST(Sections, ADirectorysWildcardsStayWithinASegment) {
  config::Host host;
  host.sections = {section(Kind::kDirectory, "/home/*/public", "x")};
  EXPECT_EQ(found(host, "/home/ada/public/a/b", "/"), "x");
  EXPECT_EQ(found(host, "/home/ada/public/", "/"), "x");
  EXPECT_EQ(found(host, "/home/ada/x/public/a", "/"), "");
  EXPECT_EQ(found(host, "/home/ada/", "/"), "");
  EXPECT_EQ(found(host, "/home/ada/publicx/a", "/"), "");
}

TEST(Sections, FilesGoByTheLastName) {
  config::Host host;
  host.sections = {section(Kind::kFiles, ".ht*", "wild"), section(Kind::kFiles, "a.txt", "plain"),
                   section(Kind::kFilesMatch, "\\.(gif|png)$", "match")};
  EXPECT_EQ(found(host, "/srv/.htpasswd", "/"), "wild");
  EXPECT_EQ(found(host, "/srv/.ht/x", "/"), "");
  EXPECT_EQ(found(host, "/srv/a.txt", "/"), "plain");
  EXPECT_EQ(found(host, "/srv/A.txt", "/"), "");
  EXPECT_EQ(found(host, "/srv/xa.txt", "/"), "");
  EXPECT_EQ(found(host, "/srv/x.png", "/"), "match");
}

TEST(Sections, ALocationCoversWhatIsBelowIt) {
  config::Host host;
  host.sections = {section(Kind::kLocation, "/app", "plain"),
                   section(Kind::kLocation, "/app/*/edit", "wild"),
                   section(Kind::kLocationMatch, "^/app/[0-9]+$", "match")};
  EXPECT_EQ(found(host, "", "/app"), "plain");
  EXPECT_EQ(found(host, "", "/app/"), "plain");
  EXPECT_EQ(found(host, "", "/app/7"), "plain match");
  EXPECT_EQ(found(host, "", "/app/7/edit"), "plain wild");
  EXPECT_EQ(found(host, "", "/app/7/8/edit"), "plain");
  EXPECT_EQ(found(host, "", "/apple"), "");
  EXPECT_EQ(found(host, "", "/"), "");
}

}  // namespace
}  // namespace forkloom::routing
