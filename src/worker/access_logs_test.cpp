#include "worker/access_logs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "worker/testing_conversation.h"

namespace forkloom::worker {
namespace {

using testing::HasSubstr;

class AccessLogging : public ConversationTest {
 protected:
  void open(std::string_view text) {
    ASSERT_NO_FATAL_FAILURE(start(text));
    auto logs = AccessLogs::open(site_->router(), inheritance_, log_);
    ASSERT_TRUE(logs) << logs.error().message();
    logs_.emplace(std::move(*logs));
  }
  void serve(std::string_view target, std::string_view fields = "Host: a.org\r\n") {
    ask(target, "GET", fields);
    logs_->write(*exchange_, true);
  }
  std::string lines(const std::string& name) {
    logs_->flush();
    return content(name);
  }

  std::optional<AccessLogs> logs_;
};

TEST_F(AccessLogging, EachRequestIsALine) {
  write("a.txt", "text");
  open("DocumentRoot @\nCustomLog @/log \"%h %>s %B \\\"%r\\\"\"\n");
  serve("/a.txt");
  serve("/none");
  EXPECT_EQ(lines("log"),
            "192.0.2.7 200 4 \"GET /a.txt HTTP/1.1\"\n"
            "192.0.2.7 404 14 \"GET /none HTTP/1.1\"\n");
}

TEST_F(AccessLogging, AVariableDecidesWhatIsLogged) {
  open(
      "DocumentRoot @\nSetEnvIf Request_URI ^/img IMAGE\nSetEnv ALWAYS 1\n"
      "CustomLog @/images %U env=IMAGE\n"
      "CustomLog @/others %U env=!IMAGE\n"
      "CustomLog @/all %U env=ALWAYS\n");
  serve("/img/a");
  serve("/b");
  EXPECT_EQ(lines("images"), "/img/a\n");
  EXPECT_EQ(lines("others"), "/b\n");
  EXPECT_EQ(lines("all"), "/img/a\n/b\n");
}

TEST_F(AccessLogging, ARequestWithoutAPlaceHasNoVariables) {
  open("CustomLog @/set %r env=A\nCustomLog @/unset %r env=!A\nSetEnv A 1\n");
  ask("*", "OPTIONS");
  logs_->write(*exchange_, true);
  EXPECT_EQ(lines("set"), "");
  EXPECT_EQ(lines("unset"), "OPTIONS * HTTP/1.1\n");
}

// Guards a refused request's line from the host and the variables of the request before it.
TEST_F(AccessLogging, ARequestThatCouldNotBeReadIsTheMainServers) {
  open(
      "CustomLog @/main \"%r %>s\"\n"
      "<VirtualHost *:80>\nServerName a.org\nCustomLog @/a %U\n</VirtualHost>\n");
  serve("/x");
  ++exchange_->number;
  exchange_->is_readable = false;
  exchange_->response.begin(nullptr, exchange_->request_id(), false);
  exchange_->response.answer_plainly(400);
  logs_->write(*exchange_, true);
  EXPECT_EQ(lines("main"), "- 400\n");
  EXPECT_EQ(lines("a"), "/x\n");
}

TEST_F(AccessLogging, AHostsOwnLogsStandInsteadOfTheMainServers) {
  open(
      "CustomLog @/main \"%v %U\"\n"
      "<VirtualHost *:80>\nServerName a.org\nCustomLog @/a \"%v %U\"\n</VirtualHost>\n"
      "<VirtualHost *:80>\nServerName b.org\n</VirtualHost>\n");
  serve("/x");
  serve("/y", "Host: b.org\r\n");
  EXPECT_EQ(lines("a"), "a.org /x\n");
  EXPECT_EQ(lines("main"), "b.org /y\n");
}

TEST_F(AccessLogging, LogsOfOneFileKeepTheOrderOfTheirLines) {
  open(
      "CustomLog @/log \"first %U\"\nCustomLog @/log \"second %U\"\n"
      "<VirtualHost *:80>\nServerName a.org\nCustomLog @/log \"a %U\"\n</VirtualHost>\n"
      "<VirtualHost *:80>\nServerName b.org\n</VirtualHost>\n");
  serve("/1", "Host: b.org\r\n");
  serve("/2");
  serve("/3", "Host: b.org\r\n");
  EXPECT_EQ(lines("log"), "first /1\nsecond /1\na /2\nfirst /3\nsecond /3\n");
}

TEST_F(AccessLogging, AnInheritedFileIsNotOpened) {
  const auto taken = os::LogFile::open(path("taken"), -1);
  ASSERT_TRUE(taken);
  inheritance_.logs = {{.fd = taken->fd(), .path = path("missing/log")}};
  open("CustomLog @/missing/log %U\n");
  serve("/x");
  EXPECT_EQ(lines("taken"), "/x\n");
}

TEST_F(AccessLogging, AFileThatCannotBeOpenedIsAnError) {
  ASSERT_NO_FATAL_FAILURE(make("CustomLog @/missing/log %U\n"));
  const auto logs = AccessLogs::open(site_->router(), inheritance_, log_);
  ASSERT_FALSE(logs);
  EXPECT_THAT(logs.error().message(), HasSubstr(path("missing/log")));
}

}  // namespace
}  // namespace forkloom::worker
