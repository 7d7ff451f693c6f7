#include "supervisor/announcement.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/version.h"

namespace forkloom::supervisor {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

config::Mapping module(const std::string& url) {
  config::Mapping mapping;
  mapping.kind = config::Mapping::Kind::kModule;
  mapping.url = url;
  mapping.target = "app.wsgi";
  mapping.callable = "main";
  return mapping;
}

TEST(Announcement, NamesEveryListenerAndApplication) {
  config::Settings settings;
  settings.main.mappings = {module("/"), module("/shop")};
  settings.threads = 25;
  const std::string text =
      announcement(settings, {{3, "127.0.0.1:8000"}, {4, "[::1]:8000"}, {5, "unix:/run/a.sock"}},
                   {"3.11.7", "/venv/bin/python", ""}, 4711);
  EXPECT_THAT(text, StartsWith("Forkloom "));
  EXPECT_THAT(text, HasSubstr(" (pid 4711)\n"
                              "  listening    http://127.0.0.1:8000\n"
                              "  listening    http://[::1]:8000\n"
                              "  listening    unix:/run/a.sock\n"
                              "  application  app.wsgi:main at /\n"
                              "  application  app.wsgi:main at /shop\n"
                              "  python       3.11.7 /venv/bin/python\n"
                              "  threads      25\n"
                              "  stop with Ctrl-C\n"));
}

TEST(Announcement, SaysNothingOfPythonWhereNothingRunsIt) {
  EXPECT_EQ(announcement({}, {{3, "127.0.0.1:80"}}, {}, 1),
            fmt::format("Forkloom {} (pid 1)\n  listening    http://127.0.0.1:80\n"
                        "  stop with Ctrl-C\n",
                        kVersion));
}

TEST(Announcement, SaysWhereThePythonIsFreeThreaded) {
  EXPECT_THAT(announcement({}, {}, {"3.14.4", "/opt/bin/python3.14t", "free-threaded"}, 1),
              HasSubstr("python       3.14.4 /opt/bin/python3.14t, free-threaded\n"));
}

}  // namespace
}  // namespace forkloom::supervisor
