#include "config/network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

using Network = Requirement::Network;
using testing::HasSubstr;

Network network_of(std::string_view text) {
  const auto network = read_network(text);
  EXPECT_TRUE(network.has_value()) << text;
  return network.value_or(Network{});
}

bool has(std::string_view network, std::string_view address) {
  return contains(network_of(network), *parse_ip(address));
}

TEST(Network, IsReadInEachOfApachesForms) {
  const Network network{.address = *parse_ip("10.1.0.0"), .prefix_bits = 112};
  for (const std::string_view text :
       {"10.1.0.0/16", "10.1.0.0/255.255.0.0", "10.1", "10.1.", "::ffff:10.1.0.0/112"}) {
    EXPECT_EQ(network_of(text), network) << text;
  }
  EXPECT_EQ(network_of("10"), network_of("10.0.0.0/8"));
  EXPECT_EQ(network_of("192.168.2"), network_of("192.168.2.0/24"));
  EXPECT_EQ(network_of("192.168.2."), network_of("192.168.2.0/24"));
  EXPECT_EQ(network_of("10.1.2.3"), network_of("10.1.2.3/32"));
  EXPECT_EQ(network_of("10.1.2.3"), network_of("10.1.2.3/255.255.255.255"));
  EXPECT_EQ(network_of("1.2.3.4/0"), network_of("0.0.0.0/0.0.0.0"));
  EXPECT_EQ(network_of("2001:db8::1").prefix_bits, 128);
  EXPECT_EQ(network_of("2001:db8::/32").prefix_bits, 32);
}

TEST(Network, ForgetsTheBitsAfterItsPrefix) {
  EXPECT_EQ(network_of("10.1.255.3/12"), network_of("10.0.0.0/12"));
  EXPECT_EQ(network_of("2001:db8:ffff::1/33"), network_of("2001:db8:8000::/33"));
}

TEST(Network, IsRefusedWhereItIsNone) {
  for (const std::string_view text : {"",
                                      "/",
                                      "/8",
                                      "10.1/16",
                                      "10.1.2.3.4",
                                      "10.256",
                                      "010",
                                      "10..",
                                      ".10",
                                      "a",
                                      "host.example",
                                      "10.0.0.0/",
                                      "10.0.0.0/33",
                                      "10.0.0.0/-1",
                                      "10.0.0.0/8/8",
                                      "10.0.0.0/x",
                                      "10.0.0.0/255.0.255.0",
                                      "10.0.0.0/255.255",
                                      "10.0.0.0/255.0.0.256",
                                      "::1/129",
                                      "::/255.0.0.0",
                                      "::/ffff::",
                                      "[::1]",
                                      "10.0.0.1:80",
                                      "*"}) {
    EXPECT_FALSE(read_network(text).has_value()) << text;
  }
}

TEST(Network, SaysWhatWouldBeRight) {
  EXPECT_THAT(read_network("10.0.0.0/33").error().remedy, HasSubstr("from 0 to 32"));
  EXPECT_THAT(read_network("::/129").error().remedy, HasSubstr("from 0 to 128"));
  EXPECT_THAT(read_network("10.0.0.0/255.0.1.0").error().problem, HasSubstr("not a mask"));
}

TEST(Network, ContainsTheAddressesOfItsPrefix) {
  EXPECT_TRUE(has("10.1", "10.1.255.255"));
  EXPECT_FALSE(has("10.1", "10.2.0.0"));
  EXPECT_TRUE(has("192.168.1.128/25", "192.168.1.200"));
  EXPECT_FALSE(has("192.168.1.128/25", "192.168.1.127"));
  EXPECT_TRUE(has("127.0.0.1", "::ffff:127.0.0.1"));
  EXPECT_FALSE(has("127.0.0.1", "127.0.0.2"));
  EXPECT_TRUE(has("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(has("2001:db8::/33", "2001:db8:8000::1"));
  EXPECT_TRUE(has("0.0.0.0/0", "255.255.255.255"));
}

TEST(Network, OfIpv6HoldsNoIpv4Address) {
  EXPECT_TRUE(has("::/0", "2001:db8::1"));
  EXPECT_FALSE(has("::/0", "1.2.3.4"));
  EXPECT_FALSE(has("0.0.0.0/0", "::1"));
}

TEST(Networks, ContainWhatOneOfThemContains) {
  const std::vector<Network> networks = {network_of("10"), network_of("::1")};
  EXPECT_TRUE(contains(networks, *parse_ip("::1")));
  EXPECT_FALSE(contains(networks, *parse_ip("11.0.0.1")));
  EXPECT_FALSE(contains(std::span<const Network>(), *parse_ip("::1")));
}

}  // namespace
}  // namespace forkloom::config
