#include "worker/file_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_conversation.h"

namespace forkloom::worker {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

using FileAnswering = ConversationTest;

TEST_F(FileAnswering, AFileIsSentAndAMissingOneIsNot) {
  write("a.txt", "text");
  start("DocumentRoot @\n");
  const std::string found = ask("/a.txt");
  EXPECT_THAT(found, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(found, EndsWith("\r\n\r\ntext"));
  EXPECT_THAT(ask("/none"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(ask("/a.txt/x"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(FileAnswering, AHiddenFileIsRefusedAndTheLogSaysWhy) {
  write(".env", "secret");
  start("DocumentRoot @\n");
  EXPECT_THAT(ask("/.env"), StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(log_.text(), HasSubstr("error GET /.env: "));
}

TEST_F(FileAnswering, AFolderIsRedirectedToItsSlashWithTheQuery) {
  write("deep er/a.txt");
  start("DocumentRoot @\n");
  EXPECT_THAT(ask("/deep%20er?q=1"), HasSubstr("Location: http://a.org/deep%20er/?q=1\r\n"));
  EXPECT_THAT(ask("/deep%20er"), HasSubstr("Location: http://a.org/deep%20er/\r\n"));
}

TEST_F(FileAnswering, WithoutDirectorySlashTheFolderIsAnsweredInPlace) {
  write("deep/index.html", "page");
  start("DocumentRoot @\nDirectorySlash Off\n");
  EXPECT_THAT(ask("/deep"), EndsWith("\r\n\r\npage"));
}

TEST_F(FileAnswering, TheFirstPageOfAFolderThatExistsIsSent) {
  write("both/b.html", "b");
  write("both/c.html", "c");
  write("folder/a.html/x");
  write("common.html", "common");
  start("DocumentRoot @\nDirectoryIndex a.html b.html c.html /common.html\n");
  EXPECT_THAT(ask("/both/"), EndsWith("\r\n\r\nb"));
  EXPECT_THAT(ask("/folder/"), EndsWith("\r\n\r\ncommon"));
}

TEST_F(FileAnswering, APageThatIsDeniedIsNotReplacedByAListing) {
  write("deep/index.html", "page");
  start(
      "DocumentRoot @\nOptions Indexes\n"
      "<Files index.html>\nRequire all denied\n</Files>\n");
  EXPECT_THAT(ask("/deep/"), StartsWith("HTTP/1.1 403 "));
}

TEST_F(FileAnswering, AFolderWithoutAPageIsListedWhereThatIsAllowed) {
  write("deep/a.txt");
  write("open/b.txt");
  start("DocumentRoot @\n<Location /open>\nOptions Indexes\n</Location>\n");
  EXPECT_THAT(ask("/deep/"), StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(log_.text(), HasSubstr("the folder has no page, and is not listed"));
  EXPECT_THAT(ask("/open/"), HasSubstr("\"b.txt\""));
}

TEST_F(FileAnswering, APageCanBeAnApplications) {
  write("deep/a.txt");
  start(
      "DocumentRoot @\nDirectoryIndex /app/page\n"
      "ForkloomApplication /app shop\n"
      "<Location /app>\nWSGIPassAuthorization On\n</Location>\n");
  EXPECT_EQ(ask("/deep/"), "");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().script_name, "/app");
  EXPECT_EQ(context().path_info, "/page");
  EXPECT_TRUE(context().rules->place.passes_authorization);
}

// Guards sections of the page itself, which are not the folder's.
TEST_F(FileAnswering, APageHasTheFieldsOfItsOwnSections) {
  write("index.html", "page");
  start(
      "DocumentRoot @\n"
      "<Files index.html>\nHeader set Cache-Control no-store\n</Files>\n");
  EXPECT_THAT(ask("/"), HasSubstr("Cache-Control: no-store\r\n"));
  EXPECT_THAT(ask("/index.html"), HasSubstr("Cache-Control: no-store\r\n"));
}

}  // namespace
}  // namespace forkloom::worker
