#include "files/content_type.h"

#include <gtest/gtest.h>

#include "files/media_types.h"

namespace forkloom::files {
namespace {

const MediaTypes kTypes = MediaTypes::builtin();

class ContentOf : public testing::Test {
 protected:
  ContentOf() { policy_.media_types = &kTypes; }
  std::string type(std::string_view path) const { return content_of(path, policy_).type; }
  std::string encoding(std::string_view path) const { return content_of(path, policy_).encoding; }

  Policy policy_;
};

TEST_F(ContentOf, TheLastExtensionIsTheType) {
  EXPECT_EQ(type("a.html"), "text/html");
  EXPECT_EQ(type("some.folder/jquery.min.JS"), "text/javascript");
  EXPECT_EQ(type("archive.tar.gz"), "application/gzip");
  EXPECT_EQ(type("page.html.bak"), "");
  EXPECT_EQ(type("html"), "");
  EXPECT_EQ(type(".html"), "");
  EXPECT_EQ(type("a.html/README"), "");
  EXPECT_EQ(type("a."), "");
}

TEST_F(ContentOf, AddTypeComesBeforeTheTable) {
  policy_.types["js"] = "text/x-script";
  policy_.types["new"] = "text/new";
  EXPECT_EQ(type("a.js"), "text/x-script");
  EXPECT_EQ(type("a.new"), "text/new");
}

TEST_F(ContentOf, AnEncodingFollowsTheType) {
  policy_.encodings["gz"] = "gzip";
  policy_.encodings["svgz"] = "gzip";
  policy_.encodings["uu"] = "x-uuencode";
  EXPECT_EQ(type("a.html.gz"), "text/html");
  EXPECT_EQ(encoding("a.html.gz"), "gzip");
  EXPECT_EQ(encoding("a.html.gz.uu"), "gzip, x-uuencode");
  EXPECT_EQ(type("archive.tar.gz"), "application/x-tar");
  EXPECT_EQ(type("a.gz"), "application/gzip");
  EXPECT_EQ(type("picture.svgz"), "image/svg+xml");
  EXPECT_EQ(encoding("picture.svgz"), "gzip");
  EXPECT_EQ(encoding("a.html"), "");
}

TEST_F(ContentOf, CharsetsComeFromTheNameOrTheDefault) {
  policy_.charsets["latin1"] = "ISO-8859-1";
  policy_.default_charset = "UTF-8";
  EXPECT_EQ(type("a.html.latin1"), "text/html; charset=ISO-8859-1");
  EXPECT_EQ(type("a.css.latin1"), "text/css; charset=ISO-8859-1");
  EXPECT_EQ(type("a.html"), "text/html; charset=UTF-8");
  EXPECT_EQ(type("a.txt"), "text/plain; charset=UTF-8");
  EXPECT_EQ(type("a.css"), "text/css");
  policy_.types["own"] = "text/html; Charset=x";
  EXPECT_EQ(type("a.own"), "text/html; Charset=x");
}

TEST_F(ContentOf, ForceTypeComesBeforeTheName) {
  policy_.forced_type = "image/png";
  EXPECT_EQ(type("a.html"), "image/png");
  EXPECT_EQ(type("no_extension"), "image/png");
}

}  // namespace
}  // namespace forkloom::files
