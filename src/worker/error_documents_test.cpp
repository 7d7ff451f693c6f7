// What dispatcher.h answers an error with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_conversation.h"

namespace forkloom::worker {
namespace {

using app::Variable;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using ErrorDocuments = ConversationTest;

TEST_F(ErrorDocuments, ATextIsTheBody) {
  start("DocumentRoot @\nErrorDocument 404 \"<p>nothing\"\n");
  const std::string answer = ask("/none");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n<p>nothing"));
}

TEST_F(ErrorDocuments, AUrlIsRedirectedTo) {
  start("DocumentRoot @\nErrorDocument 404 http://b.org/none\n");
  EXPECT_THAT(ask("/none"), HasSubstr("Location: http://b.org/none\r\n"));
}

TEST_F(ErrorDocuments, AFileIsSentWithTheErrorsStatus) {
  write("errors/none.html", "sorry");
  start("DocumentRoot @\nErrorDocument 404 /errors/none.html\n");
  const std::string answer = ask("/none");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nsorry"));
}

TEST_F(ErrorDocuments, AMissingDocumentIsTheServersOwnWords) {
  start("DocumentRoot @\nErrorDocument 404 /none.html\n");
  const std::string answer = ask("/none");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(answer, EndsWith("404 Not Found\n"));
}

TEST_F(ErrorDocuments, AnApplicationLearnsWhatFailed) {
  start(
      "DocumentRoot @\n"
      "ForkloomApplication /sorry shop\n"
      "ErrorDocument 404 /sorry/page?from=server\n"
      "SetEnvIf Request_Method POST WRITES=yes\n");
  EXPECT_EQ(ask("/a%20b?q=1", "POST"), "");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().script_name, "/sorry");
  EXPECT_EQ(context().path_info, "/page");
  EXPECT_EQ(context().appearance.method, "GET");
  EXPECT_EQ(exchange_->request.query, "from=server");
  const auto variables = context().variables();
  for (const Variable& expected : {Variable{"REDIRECT_STATUS", "404"},
                                   {"REDIRECT_URL", "/a b"},
                                   {"REDIRECT_REQUEST_METHOD", "POST"},
                                   {"REDIRECT_QUERY_STRING", "q=1"},
                                   {"REDIRECT_WRITES", "yes"}}) {
    EXPECT_THAT(variables, Contains(expected));
  }
}

// Guards variables of the failed request's place from reaching a place that has none of its own.
TEST_F(ErrorDocuments, WhatTheFailedPlaceSetIsThereUnderItsNewNameOnly) {
  start(
      "DocumentRoot @\n"
      "ForkloomApplication /sorry shop\n"
      "ErrorDocument 404 /sorry\n"
      "<Location /files>\nSetEnvIf Request_Method GET PLACE=files\n</Location>\n");
  ask("/files/none");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().variable("PLACE"), nullptr);
  ASSERT_NE(context().variable("REDIRECT_PLACE"), nullptr);
}

// Guards against two ETag fields: the file's that a condition was about, and the document's.
TEST_F(ErrorDocuments, ADocumentsOwnFieldsStandInsteadOfTheRefusals) {
  write("a.txt", "text");
  write("sorry.html", "sorry");
  start("DocumentRoot @\nErrorDocument 412 /sorry.html\nErrorDocument 405 /sorry.html\n");
  const std::string failed = ask("/a.txt", "GET", "Host: a.org\r\nIf-Match: \"x\"\r\n");
  EXPECT_THAT(failed, StartsWith("HTTP/1.1 412 "));
  EXPECT_THAT(failed, EndsWith("sorry"));
  EXPECT_EQ(failed.find("ETag"), failed.rfind("ETag"));
  EXPECT_THAT(ask("/a.txt", "DELETE"), HasSubstr("Allow: GET,HEAD,OPTIONS\r\n"));
}

TEST_F(ErrorDocuments, FieldsAreEditedByTheDocumentsPlace) {
  write("errors/none.html", "sorry");
  start(
      "DocumentRoot @\nErrorDocument 404 /errors/none.html\n"
      "<Location /errors>\nHeader set X-Place errors\n</Location>\n"
      "<Location /a>\nHeader set X-Failed a\n</Location>\n");
  const std::string answer = ask("/a/none");
  EXPECT_THAT(answer, HasSubstr("X-Place: errors\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("X-Failed")));
}

}  // namespace
}  // namespace forkloom::worker
