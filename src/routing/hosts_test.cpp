#include "routing/hosts.h"

#include <string>

#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

config::Host host(std::vector<config::HostAddress> addresses, std::string name,
                  std::vector<std::string> aliases = {}) {
  config::Host result;
  result.addresses = std::move(addresses);
  result.name = std::move(name);
  result.aliases = std::move(aliases);
  return result;
}

LocalAddress at(std::string_view address, std::uint16_t port = 80) {
  return {.address = address, .port = port, .is_unix = false};
}

const LocalAddress kUnix = {.address = "/run/app.sock", .port = 0, .is_unix = true};

TEST(Hosts, WithoutVirtualHostsTheMainServerAnswers) {
  const std::vector<config::Host> all = {host({}, "main")};
  const Hosts hosts(all);
  EXPECT_EQ(hosts.find(at("192.0.2.1"), "any.org"), 0U);
  EXPECT_EQ(hosts.first(kUnix), 0U);
}

TEST(Hosts, TheClosestAddressChoosesTheGroup) {
  const std::vector<config::Host> all = {
      host({}, "main"),
      host({{"", 0}}, "everywhere"),
      host({{"", 80}}, "any-80"),
      host({{"192.0.2.1", 0}}, "one"),
      host({{"192.0.2.1", 80}}, "one-80"),
      host({{"2001:DB8:0::1", 80}}, "six-80"),
  };
  const Hosts hosts(all);
  EXPECT_EQ(hosts.first(at("192.0.2.1", 80)), 4U);
  EXPECT_EQ(hosts.first(at("192.0.2.1", 81)), 3U);
  EXPECT_EQ(hosts.first(at("192.0.2.2", 80)), 2U);
  EXPECT_EQ(hosts.first(at("192.0.2.2", 81)), 1U);
  EXPECT_EQ(hosts.first(at("2001:db8::1", 80)), 5U);
  EXPECT_EQ(hosts.first(at("2001:db8::1%eth0", 80)), 5U);
  EXPECT_EQ(hosts.first(at("::ffff:192.0.2.1", 80)), 4U);
  // A name in another group does not count.
  EXPECT_EQ(hosts.find(at("192.0.2.1", 80), "everywhere"), 4U);
}

TEST(Hosts, WithoutAGroupTheMainServerAnswers) {
  const std::vector<config::Host> all = {host({}, "main"), host({{"192.0.2.1", 80}}, "one")};
  const Hosts hosts(all);
  EXPECT_EQ(hosts.find(at("192.0.2.2"), "one"), 0U);
  EXPECT_EQ(hosts.find(at("192.0.2.1", 81), "one"), 0U);
  EXPECT_EQ(hosts.find(kUnix, "one"), 0U);
}

TEST(Hosts, WithinAGroupTheNameChooses) {
  const std::vector<config::Host> all = {
      host({}, "main"),
      host({{"", 80}}, "a.org", {"www.a.org"}),
      host({{"", 80}}, "B.org.", {"*.b.org", "b?.net"}),
      host({{"", 80}}, "x.b.org"),
      host({{"", 80}}, "[2001:db8::1]"),
  };
  const Hosts hosts(all);
  const struct {
    const char* authority;
    std::size_t host;
  } cases[] = {
      {"a.org", 1},
      {"A.ORG", 1},
      {"a.org:80", 1},
      {"a.org:8080", 1},
      {"a.org.", 1},
      {"a.org.:80", 1},
      {"www.a.org", 1},
      {"b.org", 2},
      {"b.ORG.", 2},
      {"deep.x.b.org", 2},
      {"WWW.B.ORG", 2},
      {"b1.net", 2},
      {"x.b.org", 2},  // an earlier host's wildcard goes before a later host's name
      {"b12.net", 1},
      {"other.org", 1},
      {"[2001:db8::1]:80", 4},
      {"[2001:db8::1]", 4},
      {"", 1},
      {"[", 1},
      {":", 1},
      {"main", 1},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(hosts.find(at("192.0.2.1"), one.authority), one.host) << one.authority;
  }
}

TEST(Hosts, AUnixSocketMatchesHostsOfAnyAddressWhateverTheirPort) {
  const std::vector<config::Host> all = {
      host({}, "main"),
      host({{"192.0.2.1", 80}}, "one"),
      host({{"", 443}}, "secure"),
      host({{"192.0.2.1", 80}, {"", 80}, {"", 8080}}, "plain"),
  };
  const Hosts hosts(all);
  EXPECT_EQ(hosts.first(kUnix), 2U);
  EXPECT_EQ(hosts.find(kUnix, "plain"), 3U);
  EXPECT_EQ(hosts.find(kUnix, "one"), 2U);
}

TEST(Hosts, AHostOfSeveralAddressesIsInEachGroup) {
  const std::vector<config::Host> all = {host({}, "main"),
                                         host({{"192.0.2.1", 80}, {"192.0.2.2", 80}}, "both"),
                                         host({{"192.0.2.2", 80}}, "second")};
  const Hosts hosts(all);
  EXPECT_EQ(hosts.find(at("192.0.2.1"), "second"), 1U);
  EXPECT_EQ(hosts.find(at("192.0.2.2"), "second"), 2U);
  EXPECT_EQ(hosts.find(at("192.0.2.2"), "both"), 1U);
}

}  // namespace
}  // namespace forkloom::routing
