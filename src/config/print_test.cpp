#include "config/print.h"

#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/directives.h"
#include "config/parser.h"

namespace forkloom::config {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kEveryDirective = R"(
  Listen [::1]:8000
  Listen unix:/run/x.sock
  ForkloomApplication /b shop:app
  WSGIScriptAlias / /srv/app.wsgi
  ForkloomApplication /a shop:make()
  WSGIPythonPath /srv/lib
  ForkloomWorkingDirectory /srv
  ServerName example.com
  CustomLog "/var/log/a \"b\"" "%h \"%r\" \\"
  PidFile /run/x.pid
)";

void expect_round_trip(const Settings& settings) {
  const std::string text = print(settings);
  const auto read = parse(text, "printed");
  ASSERT_TRUE(read.has_value()) << read.error().front().text();
  EXPECT_EQ(print(*read), text);
  EXPECT_TRUE(*read == settings) << text;
}

TEST(Print, TheDefaultsReadBack) { expect_round_trip(default_settings()); }

TEST(Print, EveryDirectiveReadsBackFromWhatIsPrinted) {
  const auto settings = parse(kEveryDirective, "x");
  ASSERT_TRUE(settings.has_value()) << settings.error().front().text();
  const std::string text = fmt::format("\n{}", print(*settings));
  for (const Directive& row : directives()) {
    EXPECT_THAT(text, HasSubstr(fmt::format("\n{} ", row.name)));
  }
  expect_round_trip(*settings);
}

TEST(Print, ApplicationsKeepTheirOrderAcrossBothDirectives) {
  const auto settings = parse(kEveryDirective, "x");
  EXPECT_THAT(print(*settings), HasSubstr("ForkloomApplication /b shop:app\n"
                                          "WSGIScriptAlias / /srv/app.wsgi\n"
                                          "ForkloomApplication /a shop:make()\n"
                                          "WSGIPythonHome python3\n"));
}

TEST(Print, ADirectiveThatIsNotInForceIsLeftOut) {
  EXPECT_THAT(print(default_settings()), Not(HasSubstr("CustomLog")));
}

// Valid values of every member, drawn at random.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  std::uint64_t number(std::uint64_t minimum, std::uint64_t maximum) {
    return std::uniform_int_distribution<std::uint64_t>(minimum, maximum)(random_);
  }
  bool coin() { return number(0, 1) == 1; }

  template <typename Number>
  void number_for(std::string_view directive, Number& member) {
    const Range range = find_directive(directive)->range;
    const std::uint64_t drawn = number(range.minimum, range.maximum);
    if constexpr (std::is_same_v<Number, seconds>) {
      member = seconds(static_cast<seconds::rep>(drawn));
    } else {
      member = static_cast<Number>(drawn);
    }
  }

  std::string text(std::string_view letters, std::uint64_t minimum, std::uint64_t maximum) {
    std::string drawn;
    for (std::uint64_t left = number(minimum, maximum); left > 0; --left) {
      drawn += letters[number(0, letters.size() - 1)];
    }
    return drawn;
  }
  std::string name() { return fmt::format("n{}", text("abz_09", 0, 8)); }
  std::string path() { return fmt::format("/{}x", text("ab \t\"'\\#<>$%{}=-\xc3\xa4", 0, 12)); }
  std::string log_path() { return coin() ? path() : "-"; }

  ListenAddress address(std::size_t index) {
    ListenAddress address;
    switch (number(0, 3)) {
      case 0:
        address.unix_path = path() + std::to_string(index);
        return address;
      case 1:
        address.host = fmt::format("fe80::{}{}", index, coin() ? "%eth0" : "");
        break;
      case 2:
        address.host = fmt::format("10.0.0.{}", index);
        break;
      default:
        address.host = fmt::format("{}.example-{}", name(), index);
    }
    address.port = static_cast<std::uint16_t>(number(0, 65535));
    return address;
  }

  Application application(std::size_t index) {
    Application application;
    application.kind = coin() ? Application::Kind::kScript : Application::Kind::kModule;
    if (index > 0) {
      application.mount_point = fmt::format("/{}{}", text("ab \"'\\", 1, 6), index);
    }
    if (application.kind == Application::Kind::kScript) {
      application.script_path = path();
    } else {
      application.module = coin() ? fmt::format("{}.{}", name(), name()) : name();
    }
    application.callable = coin() ? "application" : name();
    application.is_factory = coin();
    return application;
  }

  ReadTimeout read_timeout() {
    ReadTimeout timeout;
    if (coin()) return timeout;
    timeout.initial = seconds(number(1, 100));
    if (coin()) timeout.min_rate = static_cast<std::uint32_t>(number(1, 0xffffffff));
    if (timeout.min_rate > 0 && coin()) timeout.maximum = timeout.initial + seconds(number(1, 9));
    return timeout;
  }

 private:
  std::mt19937 random_;
};

Settings drawn_settings(unsigned seed) {
  Draw draw(seed);
  Settings settings;
  for (std::size_t i = 0; i <= draw.number(0, 3); ++i) settings.listen.push_back(draw.address(i));
  draw.number_for("ListenBacklog", settings.listen_backlog);
  for (std::size_t i = 0; i < draw.number(0, 4); ++i) {
    settings.applications.push_back(draw.application(i));
  }
  settings.python = draw.coin() ? draw.path() : draw.name();
  for (std::uint64_t i = draw.number(0, 2); i > 0; --i) settings.python_path.push_back(draw.path());
  if (draw.coin()) settings.working_directory = draw.path();
  draw.number_for("ThreadsPerChild", settings.threads);
  draw.number_for("LimitRequestLine", settings.limit_request_line);
  draw.number_for("LimitRequestFields", settings.limit_request_fields);
  draw.number_for("LimitRequestFieldSize", settings.limit_request_field_size);
  draw.number_for("LimitRequestBody", settings.limit_request_body);
  settings.header_read_timeout = draw.read_timeout();
  settings.body_read_timeout = draw.read_timeout();
  draw.number_for("Timeout", settings.timeout);
  settings.keep_alive = draw.coin();
  draw.number_for("KeepAliveTimeout", settings.keep_alive_timeout);
  draw.number_for("MaxKeepAliveRequests", settings.max_keep_alive_requests);
  draw.number_for("GracefulShutdownTimeout", settings.graceful_timeout);
  if (draw.coin()) settings.server_name = draw.name();
  settings.server_tokens = draw.coin() ? "Minor" : "OS";
  settings.pass_authorization = draw.coin();
  settings.error_log = draw.log_path();
  settings.log_level = static_cast<Level>(draw.number(0, static_cast<int>(Level::kTrace)));
  if (draw.coin()) {
    settings.access_log = draw.log_path();
    settings.log_format = draw.text("%h>\"\\ '{}t\r", 1, 20);
  }
  if (draw.coin()) settings.pid_file = draw.path();
  return settings;
}

TEST(Print, SettingsDrawnAtRandomReadBack) {
  for (unsigned seed = 0; seed < 500 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_round_trip(drawn_settings(seed));
  }
}

}  // namespace
}  // namespace forkloom::config
