#include "files/media_types.h"

#include <fstream>

#include <gtest/gtest.h>

namespace forkloom::files {
namespace {

TEST(MediaTypes, TheTableOfOurOwnHasWhatTheWebServes) {
  const MediaTypes types = MediaTypes::builtin();
  EXPECT_EQ(types.find("html"), "text/html");
  EXPECT_EQ(types.find("mjs"), "text/javascript");
  EXPECT_EQ(types.find("woff2"), "font/woff2");
  EXPECT_EQ(types.find("svg"), "image/svg+xml");
  EXPECT_EQ(types.find("3gp"), "video/3gpp");
  EXPECT_EQ(types.find("avi"), "video/x-msvideo");
  EXPECT_EQ(types.find("unknown"), "");
  EXPECT_EQ(types.find(""), "");
}

TEST(MediaTypes, MimeTypesHasCommentsAndTypesWithoutExtensions) {
  const MediaTypes types =
      MediaTypes::parse("# types\ntext/a\ta .B  c\r\n\ntext/none\ntext/d d # text/e e\nlast/one f");
  EXPECT_EQ(types.find("a"), "text/a");
  EXPECT_EQ(types.find("b"), "text/a");
  EXPECT_EQ(types.find("c"), "text/a");
  EXPECT_EQ(types.find("d"), "text/d");
  EXPECT_EQ(types.find("e"), "");
  EXPECT_EQ(types.find("f"), "last/one");
}

TEST(MediaTypes, TheLaterOfTwoTypesCounts) {
  EXPECT_EQ(MediaTypes::parse("text/a x\ntext/b x\n").find("x"), "text/b");
}

TEST(MediaTypes, AFileThatIsMissingIsNamed) {
  const auto types = MediaTypes::read("/no/such/mime.types");
  ASSERT_FALSE(types);
  EXPECT_EQ(types.error().message(),
            "media types in /no/such/mime.types: No such file or directory");
}

TEST(MediaTypes, AFileIsRead) {
  const std::string path = testing::TempDir() + "/forkloom_mime.types";
  std::ofstream(path) << "text/a a\n";
  const auto types = MediaTypes::read(path);
  ASSERT_TRUE(types);
  EXPECT_EQ(types->find("a"), "text/a");
  std::remove(path.c_str());
}

}  // namespace
}  // namespace forkloom::files
