#include "config/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Settings settings_of(std::string_view text) {
  auto settings = parse(text, "site.conf");
  if (!settings) ADD_FAILURE() << settings.error().front().text();
  return settings.value_or(Settings{});
}

std::vector<Diagnostic> errors_of(std::string_view text) {
  const auto settings = parse(text, "site.conf");
  return settings ? std::vector<Diagnostic>{} : settings.error();
}

TEST(Parser, AnEmptyTextGivesTheTablesDefaults) {
  const Settings settings = settings_of("");
  EXPECT_EQ(settings, default_settings());
  ASSERT_EQ(settings.listen.size(), 1U);
  EXPECT_EQ(settings.listen[0].text(), "127.0.0.1:8000");
  EXPECT_EQ(settings.listen_backlog, 511U);
  EXPECT_EQ(settings.python, "python3");
  EXPECT_EQ(settings.threads, 25U);
  EXPECT_EQ(settings.limit_request_body, 1U << 30);
  EXPECT_EQ(settings.header_read_timeout, (ReadTimeout{seconds(20), seconds(40), 500}));
  EXPECT_EQ(settings.body_read_timeout, (ReadTimeout{seconds(20), seconds(0), 500}));
  EXPECT_TRUE(settings.keep_alive);
  EXPECT_EQ(settings.keep_alive_timeout, seconds(5));
  EXPECT_EQ(settings.graceful_timeout, seconds(30));
  EXPECT_FALSE(settings.pass_authorization);
  EXPECT_EQ(settings.error_log, "-");
  EXPECT_EQ(settings.log_level, Level::kWarning);
  EXPECT_EQ(settings.access_log, "");
  EXPECT_TRUE(settings.applications.empty());
}

TEST(Parser, ReadsEveryDirective) {
  const Settings settings = settings_of(R"(
    # A site
    listen [::1]:8000
    LISTEN unix:/run/site.sock
    ListenBacklog 10
    WSGIScriptAlias / "/srv/my site/app.wsgi" callable-object=app
    ForkloomApplication /shop shop.web:make()
    WSGIPythonHome /srv/venv
    WSGIPythonPath /srv/lib:/srv/lib2
    ForkloomWorkingDirectory /srv
    ThreadsPerChild 4
    LimitRequestLine 1000
    LimitRequestFields 0
    LimitRequestFieldSize 2000
    LimitRequestBody 0
    RequestReadTimeout body=10
    Timeout 7
    KeepAlive Off
    KeepAliveTimeout 8
    MaxKeepAliveRequests 0
    GracefulShutdownTimeout 0
    ServerName www.example.com
    ServerTokens prod
    WSGIPassAuthorization On
    ErrorLog /var/log/error
    LogLevel debug
    CustomLog /var/log/access "%h \"%r\""
    PidFile /run/site.pid
  )");
  ASSERT_EQ(settings.listen.size(), 2U);
  EXPECT_EQ(settings.listen[0].host, "::1");
  EXPECT_EQ(settings.listen[1].unix_path, "/run/site.sock");
  EXPECT_EQ(settings.listen_backlog, 10U);
  ASSERT_EQ(settings.applications.size(), 2U);
  EXPECT_EQ(settings.applications[0].text(), "/srv/my site/app.wsgi:app");
  EXPECT_EQ(settings.applications[1].text(), "shop.web:make()");
  EXPECT_EQ(settings.applications[1].mount_point, "/shop");
  EXPECT_EQ(settings.python, "/srv/venv");
  EXPECT_THAT(settings.python_path, ElementsAre("/srv/lib", "/srv/lib2"));
  EXPECT_EQ(settings.working_directory, "/srv");
  EXPECT_EQ(settings.threads, 4U);
  EXPECT_EQ(settings.limit_request_line, 1000U);
  EXPECT_EQ(settings.limit_request_fields, 0U);
  EXPECT_EQ(settings.limit_request_field_size, 2000U);
  EXPECT_EQ(settings.limit_request_body, 0U);
  EXPECT_EQ(settings.header_read_timeout, default_settings().header_read_timeout);
  EXPECT_EQ(settings.body_read_timeout, (ReadTimeout{seconds(10), seconds(0), 0}));
  EXPECT_EQ(settings.timeout, seconds(7));
  EXPECT_FALSE(settings.keep_alive);
  EXPECT_EQ(settings.keep_alive_timeout, seconds(8));
  EXPECT_EQ(settings.max_keep_alive_requests, 0U);
  EXPECT_EQ(settings.graceful_timeout, seconds(0));
  EXPECT_EQ(settings.server_name, "www.example.com");
  EXPECT_EQ(settings.server_tokens, "Prod");
  EXPECT_TRUE(settings.pass_authorization);
  EXPECT_EQ(settings.error_log, "/var/log/error");
  EXPECT_EQ(settings.log_level, Level::kDebug);
  EXPECT_EQ(settings.access_log, "/var/log/access");
  EXPECT_EQ(settings.log_format, "%h \"%r\"");
  EXPECT_EQ(settings.pid_file, "/run/site.pid");
}

TEST(Parser, OfRepeatedDirectivesTheLastWins) {
  EXPECT_EQ(settings_of("Timeout 5\nTimeout 6\n").timeout, seconds(6));
}

TEST(Parser, ReportsEveryErrorOfTheTextInTheOrderOfItsLines) {
  const auto errors =
      errors_of("ThreadsPerChild 0\nTimeout 5\nPidFile \"x\nNonsense on\nKeepAlive\n");
  ASSERT_EQ(errors.size(), 4U);
  EXPECT_EQ(errors[0].line, 1U);
  EXPECT_EQ(errors[1].line, 3U);
  EXPECT_EQ(errors[2].line, 4U);
  EXPECT_EQ(errors[3].line, 5U);
}

TEST(Parser, AnErrorHasFileLineSourceAndRemedy) {
  const auto errors = errors_of("\n  threadsperchild   20001\n");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].text(),
            "site.conf:2: ThreadsPerChild: '20001' is out of range: write a whole number of "
            "threads from 1 to 20000\n    threadsperchild   20001");
}

TEST(Parser, AnUnknownDirectiveGivesTheNearestName) {
  const auto errors = errors_of("ThreadPerChild 5");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].directive, "ThreadPerChild");
  EXPECT_THAT(errors[0].fault.remedy, HasSubstr("ThreadsPerChild"));
}

TEST(Parser, AWrongNumberOfArgumentsGivesTheUsage) {
  for (const std::string_view text : {"Listen", "Listen 80 https", "CustomLog -",
                                      "WSGIScriptAlias /", "WSGIScriptAlias / /a b c d"}) {
    ASSERT_EQ(errors_of(text).size(), 1U) << text;
    EXPECT_THAT(errors_of(text)[0].fault.remedy, HasSubstr("write ")) << text;
  }
  EXPECT_EQ(errors_of("Timeout 5 # seconds")[0].fault.problem, "it takes 1 argument, not 3");
  EXPECT_EQ(errors_of("WSGIScriptAlias /")[0].fault.problem, "it takes 2 to 3 arguments, not 1");
}

TEST(Parser, AMountPointIsTakenOnceByWhateverDirective) {
  const auto errors =
      errors_of("WSGIScriptAlias /a /srv/a.wsgi\nTimeout 5\nForkloomApplication /a shop\n");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].line, 3U);
  EXPECT_EQ(errors[0].first_line, 1U);
  EXPECT_THAT(errors[0].text(), HasSubstr("the mount point /a is given twice (first on line 1)"));
}

TEST(Parser, AnAddressIsListenedOnOnceHoweverItIsWritten) {
  EXPECT_EQ(errors_of("Listen 8000\nListen *:8000\n").size(), 1U);
  EXPECT_EQ(errors_of("Listen [::A]:80\nListen [::a]:80\n").size(), 1U);
  EXPECT_EQ(errors_of("Listen unix:/a\nListen unix:/a\n").size(), 1U);
  EXPECT_EQ(settings_of("Listen 127.0.0.1:0\nListen 127.0.0.1:0\n").listen.size(), 2U);
}

TEST(Parser, TheDefaultAddressMayBeNamed) {
  EXPECT_EQ(settings_of("Listen 127.0.0.1:8000").listen.size(), 1U);
}

TEST(Parser, AnEmptyAccessLogFormatIsAnError) {
  EXPECT_EQ(errors_of("CustomLog - \"\"").size(), 1U);
}

}  // namespace
}  // namespace forkloom::config
