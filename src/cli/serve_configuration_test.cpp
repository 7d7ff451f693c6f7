#include "cli/serve_configuration.h"

#include <span>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_command.h"
#include "cli/temporary_folder.h"
#include "config/directives.h"
#include "config/print.h"

namespace forkloom::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ServeTest : public testing::Test {
 protected:
  ServeTest() {
    folder_.add_file("app.wsgi");
    options_.target = "app.wsgi";
    surroundings_.working_directory = folder_.path();
  }

  config::Configuration configuration() const {
    auto read = configuration_of(options_, surroundings_);
    if (read) return std::move(*read);
    ADD_FAILURE() << errors_text(read.error());
    return {};
  }
  config::Settings settings() const { return configuration().settings; }
  // As they are shown, without "forkloom: ".
  std::vector<std::string> errors() const {
    std::vector<std::string> texts;
    const auto read = configuration_of(options_, surroundings_);
    if (read) return texts;
    for (const config::Diagnostic& error : read.error()) {
      std::string text = errors_text(std::span(&error, 1));
      text.pop_back();
      texts.push_back(text.starts_with("forkloom: ") ? text.substr(10) : text);
    }
    return texts;
  }
  // The configuration as `forkloom run` reads it where it was printed to a file.
  Plan run_printed(const config::Configuration& configuration) const {
    folder_.add_file("printed.conf", config::print(configuration));
    RunOptions options;
    options.file.file = folder_.path_of("printed.conf");
    return plan_run(options, "/");
  }

  TemporaryFolder folder_;
  ServeOptions options_;
  Surroundings surroundings_;
};

TEST_F(ServeTest, WithoutOptionsItServesTheTargetAlone) {
  const config::Settings read = settings();
  EXPECT_EQ(read.listen.at(0).text(), config::find_directive("Listen")->default_text);
  EXPECT_EQ(read.working_directory, folder_.path().string());
  EXPECT_EQ(read.server_root, folder_.path().string());
  EXPECT_TRUE(read.unbuilt.empty());
  ASSERT_EQ(read.main.mappings.size(), 1U);
  const config::Mapping& mapping = read.main.mappings[0];
  EXPECT_EQ(mapping.kind, config::Mapping::Kind::kScript);
  EXPECT_EQ(mapping.url, "/");
  EXPECT_EQ(mapping.target, folder_.path_of("app.wsgi"));
  EXPECT_EQ(mapping.callable, "");
  EXPECT_EQ(mapping.origin, (config::Origin{"TARGET", 0}));
}

TEST_F(ServeTest, ItDoesWhatAServerOfOneApplicationShould) {
  const config::Settings read = settings();
  EXPECT_EQ(read.model, config::Model::kWinnt);
  EXPECT_TRUE(read.requires_applications);
  EXPECT_EQ(read.main.paths.pass_authorization, true);
  EXPECT_EQ(read.main.paths.chunked_request, true);
  EXPECT_EQ(read.main.paths.script_reloading, false);
  EXPECT_EQ(read.main.paths.wsgi_sendfile, true);
  EXPECT_EQ(read.main.encoded_slashes, config::EncodedSlashes::kDecode);
}

TEST_F(ServeTest, EachOptionReachesItsSetting) {
  options_.target = "shop.web:make()";
  options_.mount = "/shop";
  options_.python = "/srv/venv";
  options_.python_path = {"lib", "/opt/a:b"};
  options_.bind = {"[::1]:8000", "unix:run/x.sock"};
  options_.threads = "8";
  options_.graceful_timeout = "60";
  options_.limit_request_body = "0";
  options_.access_log = "-";
  options_.access_log_format = "%h \"%r\" \\t";
  options_.error_log = "my errors.log";
  options_.log_level = "info";
  const config::Settings read = settings();
  ASSERT_EQ(read.main.mappings.size(), 1U);
  EXPECT_EQ(read.main.mappings[0].kind, config::Mapping::Kind::kModule);
  EXPECT_EQ(read.main.mappings[0].target, "shop.web");
  EXPECT_EQ(read.main.mappings[0].callable, "make");
  EXPECT_TRUE(read.main.mappings[0].is_factory);
  EXPECT_EQ(read.main.mappings[0].url, "/shop");
  EXPECT_EQ(read.python, "/srv/venv");
  EXPECT_THAT(read.python_path,
              ElementsAre(folder_.path(), folder_.path_of("lib"), "/opt/a", folder_.path_of("b")));
  ASSERT_EQ(read.listen.size(), 2U);
  EXPECT_EQ(read.listen[0].text(), "[::1]:8000");
  EXPECT_EQ(read.listen[1].unix_path, folder_.path_of("run/x.sock"));
  EXPECT_EQ(read.threads, 8U);
  EXPECT_EQ(read.graceful_timeout, seconds(60));
  EXPECT_EQ(read.main.paths.limit_request_body, 0U);
  ASSERT_EQ(read.main.custom_logs.size(), 1U);
  EXPECT_EQ(read.main.custom_logs[0].path, "-");
  EXPECT_EQ(read.main.custom_logs[0].format, "%h \"%r\" \\t");
  EXPECT_EQ(read.main.custom_logs[0].origin.text(), "--access-log");
  EXPECT_EQ(read.main.error_log, folder_.path_of("my errors.log"));
  EXPECT_EQ(read.main.log_level, Level::kInfo);
}

TEST_F(ServeTest, ChdirAppliesBeforeEveryRelativePath) {
  folder_.add_file("site/wsgi files/app.py");
  folder_.add_folder("site/venv");
  options_.chdir = "site";
  options_.target = "wsgi files/app.py:app";
  options_.python = "venv";
  options_.python_path = {"lib"};
  options_.access_log = "access.log";
  options_.static_files = {"/static=css"};
  const config::Settings read = settings();
  EXPECT_EQ(read.working_directory, folder_.path_of("site"));
  EXPECT_EQ(read.main.mappings.at(0).target, folder_.path_of("site/css"));
  EXPECT_EQ(read.main.mappings.at(1).target, folder_.path_of("site/wsgi files/app.py"));
  EXPECT_EQ(read.main.mappings.at(1).callable, "app");
  EXPECT_EQ(read.python, folder_.path_of("site/venv"));
  EXPECT_THAT(read.python_path,
              ElementsAre(folder_.path_of("site/wsgi files"), folder_.path_of("site/lib")));
  EXPECT_EQ(read.main.custom_logs.at(0).path, folder_.path_of("site/access.log"));
}

TEST_F(ServeTest, ChdirToAMissingFolderIsAnError) {
  options_.chdir = "nowhere";
  EXPECT_THAT(errors(), ElementsAre(HasSubstr(folder_.path_of("nowhere"))));
}

TEST_F(ServeTest, TheActiveVirtualEnvironmentIsUsedUnlessPythonIsNamed) {
  surroundings_.virtual_env = "/srv/active";
  EXPECT_EQ(settings().python, "/srv/active");
  options_.python = "python3.12";
  EXPECT_EQ(settings().python, "python3.12");
}

TEST_F(ServeTest, APythonWithASlashIsAPath) {
  options_.python = "venv/bin/python";
  EXPECT_EQ(settings().python, folder_.path_of("venv/bin/python"));
}

TEST_F(ServeTest, TheAccessLogIsOffUnlessAskedForAndCombinedUnlessSaid) {
  EXPECT_TRUE(settings().main.custom_logs.empty());
  options_.access_log = "off";
  EXPECT_TRUE(settings().main.custom_logs.empty());
  options_.access_log = "-";
  EXPECT_EQ(settings().main.custom_logs.at(0).format, "combined");
}

TEST_F(ServeTest, AnErrorNamesTheOptionAndWhatWouldBeRight) {
  options_.threads = "0";
  EXPECT_THAT(errors(), ElementsAre("--threads: '0' is out of range: write a whole number of "
                                    "threads from 1 to 20000"));
}

TEST_F(ServeTest, EveryWrongOptionIsReported) {
  options_.target = "gone.py";
  options_.bind = {"8000", "::1:8000", "*:8000"};
  options_.log_level = "loud";
  options_.error_log = "";
  options_.python_path = {""};
  EXPECT_THAT(errors(),
              ElementsAre(StartsWith("TARGET: there is no file"), StartsWith("--bind: '::1:8000'"),
                          "--bind: the address *:8000 is given twice: give it once",
                          StartsWith("--python-path: "), StartsWith("--error-log: "),
                          StartsWith("--log-level: 'loud'")));
}

TEST_F(ServeTest, AWrongMountOrCallableIsNamed) {
  options_.mount = "shop";
  EXPECT_THAT(
      errors(),
      ElementsAre(StartsWith("TARGET and --mount: the URL path 'shop' does not begin with /")));
  options_.mount = "/shop";
  options_.target = "app.wsgi:1";
  EXPECT_THAT(errors(),
              ElementsAre(StartsWith("TARGET and --mount: '1' is not the name of a callable")));
}

TEST_F(ServeTest, AValueWithALineFeedCannotSmuggleADirective) {
  options_.access_log = "-";
  options_.access_log_format = "%h\nThreadsPerChild 1";
  EXPECT_THAT(errors(), ElementsAre(StartsWith("--access-log: the value has a line feed")));
}

TEST_F(ServeTest, LogsThroughAPipeAreRefused) {
  options_.error_log = "|rotate";
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("pipe")));
}

TEST_F(ServeTest, StaticFilesComeBeforeTheApplicationInTheirOrder) {
  options_.static_files = {"/static=css", "/favicon.ico=icons/site.ico"};
  const config::Settings read = settings();
  ASSERT_EQ(read.main.mappings.size(), 3U);
  EXPECT_EQ(read.main.mappings[0].kind, config::Mapping::Kind::kFolder);
  EXPECT_EQ(read.main.mappings[0].url, "/static");
  EXPECT_EQ(read.main.mappings[1].target, folder_.path_of("icons/site.ico"));
  EXPECT_EQ(read.main.mappings[1].origin.text(), "--static");
  EXPECT_EQ(read.main.mappings[2].kind, config::Mapping::Kind::kScript);
}

TEST_F(ServeTest, StaticFilesThatAreWrongAreTold) {
  options_.static_files = {"css", "/=css", "static=css"};
  EXPECT_THAT(errors(),
              ElementsAre(StartsWith("--static: 'css'"), StartsWith("--static: files at /"),
                          StartsWith("--static: the URL path 'static'")));
}

TEST_F(ServeTest, ADocumentRootIsForSitesWhoseApplicationIsBelowAPrefix) {
  options_.document_root = "public";
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("--static /URL=PATH")));
  options_.mount = "/shop";
  EXPECT_EQ(settings().main.document_root, folder_.path_of("public"));
}

TEST_F(ServeTest, AFileOverridesWhatServeSetsAndOptionsOverrideTheFile) {
  folder_.add_file("limits.conf",
                   "WSGIScriptReloading On\nThreadsPerChild 2\nTimeout 9\nListen 8001\n"
                   "Alias /media media\n");
  options_.config = {"limits.conf"};
  options_.threads = "3";
  options_.bind = {"8002"};
  const config::Settings read = settings();
  EXPECT_EQ(read.main.paths.script_reloading, true);
  EXPECT_EQ(read.threads, 3U);
  EXPECT_EQ(read.main.timeout, seconds(9));
  EXPECT_EQ(read.listen.size(), 2U);
  EXPECT_EQ(read.main.mappings.at(0).target, folder_.path_of("media"));
  EXPECT_EQ(read.main.mappings.at(0).origin, (config::Origin{folder_.path_of("limits.conf"), 5}));
}

TEST_F(ServeTest, AFileMayNameThePythonAndTheFolderUnlessAnOptionDoes) {
  surroundings_.virtual_env = "/srv/active";
  folder_.add_file("a.conf", "WSGIPythonHome /srv/venv\nForkloomWorkingDirectory /srv\n");
  options_.config = {"a.conf"};
  EXPECT_EQ(settings().python, "/srv/venv");
  EXPECT_EQ(settings().working_directory, "/srv");
  options_.python = "/opt/python";
  options_.chdir = ".";
  EXPECT_EQ(settings().python, "/opt/python");
  EXPECT_EQ(settings().working_directory, folder_.path().string());
}

TEST_F(ServeTest, ErrorsOfAFileHaveItsPlace) {
  folder_.add_file("limits.conf", "\nTimeout x\n");
  options_.config = {"limits.conf", "gone.conf"};
  EXPECT_THAT(errors(), ElementsAre(StartsWith("--config: there is no file"),
                                    StartsWith(folder_.path_of("limits.conf:2: Timeout: "))));
}

TEST_F(ServeTest, WhatIsPrintedNamesTheOptionsAndRunsTheSame) {
  options_.mount = "/shop";
  options_.bind = {"127.0.0.1:8123"};
  options_.static_files = {"/static=css"};
  options_.document_root = ".";
  options_.access_log = "-";
  options_.access_log_format = "%h \"%r\" \\t";
  const config::Configuration configuration = this->configuration();
  const std::string printed = config::print(configuration);
  EXPECT_THAT(printed, HasSubstr("# --bind\nListen 127.0.0.1:8123\n"));
  EXPECT_THAT(printed, HasSubstr("# TARGET and --mount\nWSGIScriptAlias /shop "));

  Plan run = run_printed(configuration);
  ASSERT_TRUE(run.start.has_value()) << run.report.messages;
  const auto without_origins = [](config::Settings settings) {
    for (config::Mapping& mapping : settings.main.mappings) mapping.origin = {};
    for (config::CustomLog& log : settings.main.custom_logs) log.origin = {};
    return settings;
  };
  EXPECT_TRUE(without_origins(run.start->settings) == without_origins(configuration.settings));
}

TEST_F(ServeTest, WhatCannotStartIsToldByItsOption) {
  options_.access_log = "/nowhere/log";
  options_.access_log_format = "%J";
  const Plan plan = plan_serve(options_, surroundings_);
  EXPECT_FALSE(plan.start.has_value());
  EXPECT_EQ(plan.report.status, kUsageError);
  EXPECT_THAT(plan.report.messages, HasSubstr("forkloom: --access-log: /nowhere/log cannot be"));
  EXPECT_THAT(plan.report.messages, HasSubstr("forkloom: --access-log: the format cannot be used"));
}

}  // namespace
}  // namespace forkloom::cli
