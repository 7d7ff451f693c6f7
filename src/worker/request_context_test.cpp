#include "worker/request_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_conversation.h"

namespace forkloom::worker {
namespace {

using testing::HasSubstr;
using testing::Not;

using RequestContexts = ConversationTest;

TEST_F(RequestContexts, AnExchangeHasOneOnceARequestIsRouted) {
  start("ForkloomApplication / shop\n");
  EXPECT_EQ(RequestContext::find(*exchange_), nullptr);
  admit("/x");
  const RequestContext* found = RequestContext::find(*exchange_);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found, &RequestContext::of(*exchange_));
  EXPECT_EQ(found->path, "/x");
}

TEST_F(RequestContexts, ABlankOneKeepsNothingOfTheRequestBefore) {
  start(
      "ForkloomApplication / shop\n"
      "SetEnvIf Request_URI ^/first FIRST=1\n");
  admit("/first");
  EXPECT_NE(context().variable("FIRST"), nullptr);
  RequestContext& context = RequestContext::of(*exchange_);
  context.begin();
  EXPECT_EQ(RequestContext::find(*exchange_), nullptr);
  EXPECT_TRUE(context.variables().empty());
  admit("/second");
  EXPECT_EQ(context.variable("FIRST"), nullptr);
}

TEST_F(RequestContexts, AVariableIsTheRequestsElseThePlaces) {
  start(
      "DocumentRoot @\n"
      "ForkloomApplication / shop\n"
      "SetEnvIf Request_Method POST WRITES=yes\n");
  admit("/", "POST");
  EXPECT_EQ(*context().variable("WRITES"), "yes");
  EXPECT_EQ(*context().variable("DOCUMENT_ROOT"), folder_.string());
  EXPECT_EQ(context().variable("NONE"), nullptr);
}

TEST_F(RequestContexts, TheAnswersFieldsAreEditedByThePlace) {
  write("a.txt", "text");
  start(
      "DocumentRoot @\n"
      "Header set X-Plain plain\n"
      "Header always set X-Always always\n"
      "Header set X-Conditional yes env=WRITES\n"
      "SetEnvIf Request_URI txt$ WRITES\n");
  const std::string found = ask("/a.txt");
  EXPECT_THAT(found, HasSubstr("X-Plain: plain\r\n"));
  EXPECT_THAT(found, HasSubstr("X-Always: always\r\n"));
  EXPECT_THAT(found, HasSubstr("X-Conditional: yes\r\n"));
  const std::string missing = ask("/none");
  EXPECT_THAT(missing, Not(HasSubstr("X-Plain")));
  EXPECT_THAT(missing, HasSubstr("X-Always: always\r\n"));
}

}  // namespace
}  // namespace forkloom::worker
