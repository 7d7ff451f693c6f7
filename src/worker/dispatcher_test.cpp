#include "worker/dispatcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_conversation.h"

namespace forkloom::worker {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using Dispatching = ConversationTest;

TEST_F(Dispatching, AnApplicationsRequestIsQueuedWithWhatItIsToKnow) {
  start("WSGIScriptAlias /shop /srv/shop.wsgi\nLimitRequestBody 1000\nWSGIChunkedRequest Off\n");
  const connection::Admission admission = admit("/shop/a%20b?q=1", "POST");
  EXPECT_TRUE(admission.reads_body);
  EXPECT_EQ(admission.body_limit, 1000U);
  EXPECT_TRUE(admission.is_chunked_refused);
  EXPECT_EQ(ask("/shop/a%20b?q=1", "POST"), "");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().target->script_path, "/srv/shop.wsgi");
  EXPECT_EQ(context().script_name, "/shop");
  EXPECT_EQ(context().path_info, "/a b");
  EXPECT_EQ(context().appearance.server_name, "a.org");
}

TEST_F(Dispatching, BodiesOfFilesAndRefusalsAreNotRead) {
  start("DocumentRoot @\nRedirect /old http://b.org/\n");
  EXPECT_FALSE(admit("/a.txt", "POST").reads_body);
  EXPECT_FALSE(admit("/old", "POST").reads_body);
  EXPECT_FALSE(admit("*", "OPTIONS").reads_body);
}

TEST_F(Dispatching, OptionsOfTheServerAsAWholeAreNobodysElse) {
  start("ForkloomApplication / shop\n");
  EXPECT_THAT(ask("*", "OPTIONS"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(Dispatching, TheVirtualHostIsTheOneThatTheClientNames) {
  start(
      "ForkloomApplication / main\n"
      "<VirtualHost *:80>\nServerName a.org\nForkloomApplication / a\n</VirtualHost>\n"
      "<VirtualHost *:80>\nServerName b.org\nForkloomApplication / b\n</VirtualHost>\n");
  ask("/", "GET", "Host: b.org\r\n");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().target->module, "b");
  ask("/", "GET", "Host: other.org\r\n");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().target->module, "a");
}

TEST_F(Dispatching, RedirectsAndRefusalsAreAnsweredAtOnce) {
  start(
      "ForkloomApplication / shop\n"
      "Redirect /old http://b.org/new\n"
      "Redirect gone /gone\n"
      "<Location /closed>\nRequire all denied\n</Location>\n");
  const std::string moved = ask("/old/x?y");
  EXPECT_THAT(moved, StartsWith("HTTP/1.1 302 Found\r\n"));
  EXPECT_THAT(moved, HasSubstr("Location: http://b.org/new/x?y\r\n"));
  EXPECT_THAT(ask("/gone"), StartsWith("HTTP/1.1 410 Gone\r\n"));
  EXPECT_THAT(ask("/closed"), StartsWith("HTTP/1.1 403 Forbidden\r\n"));
  EXPECT_THAT(log_.text(), HasSubstr("GET /closed: refused with 403"));
}

TEST_F(Dispatching, WhereEmbeddingIsForbiddenNoApplicationRuns) {
  start("ForkloomApplication / shop\nWSGIRestrictEmbedded On\n");
  EXPECT_THAT(ask("/"), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(log_.text(), HasSubstr("WSGIRestrictEmbedded"));
}

TEST_F(Dispatching, AVariableSaysThatTheSchemeIsHttps) {
  start(
      "ForkloomApplication / shop\n"
      "SetEnvIf X-Forwarded-Proto ^https$ HTTPS=on\n");
  ask("/", "GET", "Host: a.org\r\nX-Forwarded-Proto: https\r\n");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().appearance.scheme, "https");
  ask("/");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().appearance.scheme, "http");
}

TEST_F(Dispatching, AnAliasAnswersForItselfWhetherAuthorizationIsPassed) {
  start(
      "WSGIScriptAlias /own /srv/a.wsgi pass-authorization=On\n"
      "WSGIScriptAlias / /srv/a.wsgi\n");
  ask("/own");
  ASSERT_TRUE(is_queued());
  EXPECT_TRUE(context().rules->place.passes_authorization);
  ask("/");
  ASSERT_TRUE(is_queued());
  EXPECT_FALSE(context().rules->place.passes_authorization);
}

TEST_F(Dispatching, AMountPointThatAProxyReportsIsTheScriptName) {
  start(
      "ForkloomApplication / shop\n"
      "WSGITrustedProxyHeaders X-Script-Name\nWSGITrustedProxies 192.0.2.7\n");
  ask("/x", "GET", "Host: a.org\r\nX-Script-Name: /outer\r\n");
  ASSERT_TRUE(is_queued());
  EXPECT_EQ(context().script_name, "/outer");
  EXPECT_EQ(context().path_info, "/x");
}

}  // namespace
}  // namespace forkloom::worker
