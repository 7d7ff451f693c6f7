#include "cli/serve_configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_folder.h"
#include "config/parser.h"

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

  config::Settings settings() const {
    auto settings = settings_of(options_, surroundings_);
    if (!settings) ADD_FAILURE() << settings.error().front();
    return settings.value_or(config::Settings{});
  }
  std::vector<std::string> errors() const {
    auto settings = settings_of(options_, surroundings_);
    return settings ? std::vector<std::string>{} : settings.error();
  }

  TemporaryFolder folder_;
  ServeOptions options_;
  Surroundings surroundings_;
};

TEST_F(ServeTest, WithoutOptionsItServesTheTargetWithTheTablesDefaults) {
  config::Settings expected = config::default_settings();
  expected.applications = {{.kind = config::Application::Kind::kScript,
                            .mount_point = "",
                            .script_path = folder_.path_of("app.wsgi"),
                            .module = "",
                            .callable = "application"}};
  expected.working_directory = folder_.path().string();
  expected.pass_authorization = true;
  EXPECT_TRUE(settings() == expected);
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
  ASSERT_EQ(read.applications.size(), 1U);
  EXPECT_EQ(read.applications[0].text(), "shop.web:make()");
  EXPECT_EQ(read.applications[0].mount_point, "/shop");
  EXPECT_EQ(read.python, "/srv/venv");
  EXPECT_THAT(read.python_path,
              ElementsAre(folder_.path_of("lib"), "/opt/a", folder_.path_of("b")));
  ASSERT_EQ(read.listen.size(), 2U);
  EXPECT_EQ(read.listen[0].text(), "[::1]:8000");
  EXPECT_EQ(read.listen[1].unix_path, folder_.path_of("run/x.sock"));
  EXPECT_EQ(read.threads, 8U);
  EXPECT_EQ(read.graceful_timeout, seconds(60));
  EXPECT_EQ(read.limit_request_body, 0U);
  EXPECT_EQ(read.access_log, "-");
  EXPECT_EQ(read.log_format, "%h \"%r\" \\t");
  EXPECT_EQ(read.error_log, folder_.path_of("my errors.log"));
  EXPECT_EQ(read.log_level, Level::kInfo);
}

TEST_F(ServeTest, ChdirAppliesBeforeEveryRelativePath) {
  folder_.add_file("site/wsgi files/app.py");
  folder_.add_folder("site/venv");
  options_.chdir = "site";
  options_.target = "wsgi files/app.py:app";
  options_.python = "venv";
  options_.python_path = {"lib"};
  options_.access_log = "access.log";
  const config::Settings read = settings();
  EXPECT_EQ(read.working_directory, folder_.path_of("site"));
  EXPECT_EQ(read.applications.at(0).text(), folder_.path_of("site/wsgi files/app.py:app"));
  EXPECT_EQ(read.python, folder_.path_of("site/venv"));
  EXPECT_THAT(read.python_path, ElementsAre(folder_.path_of("site/lib")));
  EXPECT_EQ(read.access_log, folder_.path_of("site/access.log"));
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
  EXPECT_EQ(settings().access_log, "");
  options_.access_log = "off";
  EXPECT_EQ(settings().access_log, "");
  options_.access_log = "-";
  EXPECT_EQ(settings().log_format, "combined");
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
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("gone.py"), StartsWith("--bind: '::1:8000'"),
                                    StartsWith("--bind: the address 0.0.0.0:8000 is given twice"),
                                    StartsWith("--python-path: "), StartsWith("--error-log: "),
                                    StartsWith("--log-level: 'loud'")));
}

TEST_F(ServeTest, AWrongMountOrCallableIsNamed) {
  options_.mount = "shop";
  EXPECT_THAT(errors(), ElementsAre(StartsWith("the mount point 'shop' does not begin with /")));
  options_.mount = "/shop";
  options_.target = "app.wsgi:1";
  EXPECT_THAT(errors(), ElementsAre(StartsWith("'1' is not the name of a callable")));
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

}  // namespace
}  // namespace forkloom::cli
