#include "cli/option_origins.h"

#include <gtest/gtest.h>

#include "config/memory_files.h"

namespace forkloom::cli {
namespace {

const std::vector<std::string> kOptions = {"--config", "--bind", "--bind", "TARGET",
                                           "--access-log"};

tl::expected<config::Configuration, std::vector<config::Diagnostic>> read(std::string_view text,
                                                                          std::string included) {
  const config::MemoryFiles files({{"/a.conf", std::move(included)}});
  return config::read_configuration(text, kCommandLine, files, {});
}

TEST(OptionOrigins, AreToldWhereverAnOriginIs) {
  auto configuration = read(
      "Include /a.conf\nListen 8001\nListen 8002\nWSGIScriptAlias / /x process-group=y\n"
      "CustomLog - common\n",
      "HostnameLookups On\nAlias /a /b\n");
  ASSERT_TRUE(configuration.has_value());
  name_options(*configuration, kOptions);
  EXPECT_EQ(configuration->tree.at(0).origin.text(), "/a.conf:1");
  EXPECT_EQ(configuration->tree.at(2).origin.text(), "--bind");
  EXPECT_EQ(configuration->warnings.at(0).origin.text(), "/a.conf:1");
  const config::Settings& settings = configuration->settings;
  EXPECT_EQ(settings.main.mappings.at(0).origin.text(), "/a.conf:2");
  EXPECT_EQ(settings.main.mappings.at(1).origin.text(), "TARGET");
  EXPECT_EQ(settings.main.custom_logs.at(0).origin.text(), "--access-log");
  EXPECT_EQ(settings.unbuilt.at(0).origin.text(), "TARGET");
}

TEST(OptionOrigins, OfAnAddressThatIsGivenTwiceNoLineIsTold) {
  auto twice = read("Include /a.conf\nListen 8001\nListen 8001\n", "");
  ASSERT_FALSE(twice.has_value());
  name_options(twice.error(), kOptions);
  EXPECT_EQ(twice.error().at(0).origin.text(), "--bind");
  EXPECT_EQ(twice.error().at(0).fault.problem, "the address *:8001 is given twice");

  auto by_file = read("Include /a.conf\nListen 8001\n", "Listen 8001\n");
  ASSERT_FALSE(by_file.has_value());
  name_options(by_file.error(), kOptions);
  EXPECT_EQ(by_file.error().at(0).fault.problem,
            "the address *:8001 is given twice (first in /a.conf:1)");

  auto after = read("Listen 8001\nInclude /a.conf\n", "Listen 8001\n");
  ASSERT_FALSE(after.has_value());
  name_options(after.error(), std::vector<std::string>{"--bind", "--config"});
  EXPECT_EQ(after.error().at(0).origin.text(), "/a.conf:1");
  EXPECT_EQ(after.error().at(0).fault.problem,
            "the address *:8001 is given twice (first by --bind)");
}

}  // namespace
}  // namespace forkloom::cli
