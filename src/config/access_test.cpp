#include "config/access.h"

#include <gtest/gtest.h>

#include "config/network.h"
#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using Kind = Requirement::Kind;

Requirement requirement_of(const std::vector<std::string>& arguments) {
  const auto read = read_requirement(arguments);
  EXPECT_TRUE(read.has_value());
  return read.value_or(Requirement{});
}

FolderOptions options_of(std::string_view text) {
  const Settings settings = settings_of("<Location /a>\n" + std::string(text) + "\n</Location>");
  return settings.main.sections.at(0).settings.options.value_or(FolderOptions{});
}

TEST(Require, KnowsEverybodyNobodyNetworksAndTheMachineItself) {
  EXPECT_EQ(requirement_of({"all", "granted"}).kind, Kind::kGranted);
  EXPECT_EQ(requirement_of({"ALL", "Denied"}).kind, Kind::kDenied);
  EXPECT_EQ(requirement_of({"local"}).kind, Kind::kLocal);
  const Requirement address = requirement_of({"ip", "10.1", "::1"});
  EXPECT_EQ(address.kind, Kind::kAddress);
  ASSERT_EQ(address.networks.size(), 2U);
  EXPECT_EQ(address.networks[0], *read_network("10.1.0.0/16"));
}

TEST(Require, SaysWhatIsWrong) {
  expect_sayings({
      {"Require",
       "Require: it takes at least 1 argument, not 0: write Require all granted|all denied|ip "
       "NETWORK...|local"},
      {"Require all",
       "Require: 'all' is not a rule: write all granted, all denied, ip NETWORK... or local"},
      {"Require all maybe", "Require: 'maybe' is not known: write granted or denied"},
      {"Require ip",
       "Require: 'ip' is not a rule: write all granted, all denied, ip NETWORK... or local"},
      {"Require ip 10.0.0.0/33",
       "Require: '33' is out of range: write a whole number of bits from 0 to 32"},
      {"Require ip host.example",
       "Require: 'host.example' is not a network: write an address, an address and its prefix like "
       "10.1.0.0/16 or 2001:db8::/32, or the first parts of an IPv4 address like 10.1"},
      {"Require host example.com",
       "Require: 'host' is httpd's, and not supported: write all granted, all denied, ip "
       "NETWORK... or local"},
      {"Require valid-user",
       "Require: 'valid-user' is httpd's, and not supported: write all granted, all denied, ip "
       "NETWORK... or local"},
      {"Require not ip 10",
       "Require: 'not' is httpd's, and not supported: write all granted, all denied, ip NETWORK... "
       "or local"},
      {"Require local x",
       "Require: 'local x' is not a rule: write all granted, all denied, ip NETWORK... or local"},
  });
}

TEST(Require, AddsToTheOthersOfItsSection) {
  const Settings settings =
      settings_of("Require all denied\n<Location /a>\nRequire local\nRequire ip 10\n</Location>");
  EXPECT_EQ(settings.main.paths.require->size(), 1U);
  EXPECT_EQ(settings.main.sections[0].settings.require->size(), 2U);
}

TEST(Options, ReplaceOrChangeWhatIsInherited) {
  EXPECT_EQ(options_of("Options None"), (FolderOptions{.is_absolute = true}));
  EXPECT_EQ(options_of("Options Indexes FollowSymLinks").added,
            FolderOptions::kIndexes | FolderOptions::kFollowSymLinks);
  EXPECT_EQ(options_of("Options +indexes -FollowSymLinks"),
            (FolderOptions{.is_absolute = false,
                           .added = FolderOptions::kIndexes,
                           .removed = FolderOptions::kFollowSymLinks}));
  EXPECT_FALSE(options_of("Options All").has(FolderOptions::kMultiViews));
  EXPECT_TRUE(options_of("Options All").has(FolderOptions::kIndexes));
}

TEST(Options, WithSignsChangeThoseBeforeThemInTheSection) {
  EXPECT_EQ(options_of("Options Indexes\nOptions +ExecCGI -Indexes").added,
            FolderOptions::kExecCgi);
  EXPECT_EQ(options_of("Options +Indexes\nOptions -Indexes"),
            (FolderOptions{.is_absolute = false, .added = 0, .removed = FolderOptions::kIndexes}));
  EXPECT_EQ(options_of("Options +Indexes\nOptions ExecCGI"),
            (FolderOptions{.is_absolute = true, .added = FolderOptions::kExecCgi}));
}

TEST(Options, SayWhatIsWrong) {
  expect_sayings({
      {"Options",
       "Options: it takes at least 1 argument, not 0: write Options "
       "[+|-]Indexes|FollowSymLinks|SymLinksIfOwnerMatch|None|All..."},
      {"Options Indexes +FollowSymLinks",
       "Options: words with + or - stand beside words without: write either all with a sign, or "
       "none"},
      {"Options +Index",
       "Options: '+Index' is not known: write Indexes, FollowSymLinks, SymLinksIfOwnerMatch, "
       "ExecCGI, MultiViews, Includes, All or None"},
      {"Options +",
       "Options: '+' is not known: write Indexes, FollowSymLinks, SymLinksIfOwnerMatch, ExecCGI, "
       "MultiViews, Includes, All or None"},
  });
}

}  // namespace
}  // namespace forkloom::config
