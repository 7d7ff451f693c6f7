#include "routing/access.h"

#include <string>

#include <gtest/gtest.h>

#include "base/ip_address.h"

namespace forkloom::routing {
namespace {

using config::Requirement;
using Kind = Requirement::Kind;

Requirement network(const std::string& address, int bits) {
  const bool is_ipv4 = address.find(':') == std::string::npos;
  return {.kind = Kind::kAddress,
          .networks = {{.address = parse_ip(address).value(),
                        .prefix_bits = static_cast<std::uint8_t>(is_ipv4 ? bits + 96 : bits)}}};
}

TEST(Access, NothingRequiredGrants) { EXPECT_TRUE(is_granted({}, "192.0.2.1")); }

TEST(Access, AllGrantedAndAllDenied) {
  EXPECT_TRUE(is_granted({{.kind = Kind::kGranted, .networks = {}}}, "192.0.2.1"));
  EXPECT_FALSE(is_granted({{.kind = Kind::kDenied, .networks = {}}}, "192.0.2.1"));
  EXPECT_FALSE(is_granted({{.kind = Kind::kDenied, .networks = {}}}, ""));
}

TEST(Access, AnyOfSeveralGrants) {
  const std::vector<Requirement> require = {
      {.kind = Kind::kDenied, .networks = {}}, network("192.0.2.1", 32), network("2001:db8::", 32)};
  EXPECT_TRUE(is_granted(require, "192.0.2.1"));
  EXPECT_TRUE(is_granted(require, "2001:db8:5::9"));
  EXPECT_FALSE(is_granted(require, "192.0.2.2"));
}

TEST(Access, ANetworkCountsItsBitsOnly) {
  EXPECT_TRUE(is_granted({network("10.1.128.0", 17)}, "10.1.200.7"));
  EXPECT_FALSE(is_granted({network("10.1.128.0", 17)}, "10.1.127.255"));
  EXPECT_TRUE(is_granted({network("192.0.2.9", 29)}, "192.0.2.15"));
  EXPECT_FALSE(is_granted({network("192.0.2.9", 29)}, "192.0.2.16"));
  EXPECT_TRUE(is_granted({network("2001:db8:8000::", 33)}, "2001:db8:ffff::1"));
  EXPECT_FALSE(is_granted({network("2001:db8:8000::", 33)}, "2001:db8:7fff::1"));
}

TEST(Access, ANetworkHoldsAddressesOfItsOwnFamilyOnly) {
  EXPECT_TRUE(is_granted({network("0.0.0.0", 0)}, "192.0.2.1"));
  EXPECT_FALSE(is_granted({network("0.0.0.0", 0)}, "2001:db8::1"));
  EXPECT_TRUE(is_granted({network("::", 0)}, "2001:db8::1"));
  EXPECT_FALSE(is_granted({network("::", 0)}, "192.0.2.1"));
}

TEST(Access, AZoneDoesNotCount) {
  EXPECT_TRUE(is_granted({network("fe80::", 10)}, "fe80::1%eth0"));
}

TEST(Access, Ipv4ByASocketOfBothFamiliesIsTheSameClient) {
  EXPECT_TRUE(is_granted({network("192.0.2.0", 24)}, "::ffff:192.0.2.77"));
}

TEST(Access, AUnixSocketHasNoAddress) {
  EXPECT_FALSE(is_granted({network("0.0.0.0", 0), network("::", 0)}, ""));
}

TEST(Access, LocalIsLoopbackAndUnixSockets) {
  const std::vector<Requirement> local = {{.kind = Kind::kLocal, .networks = {}}};
  for (const char* address : {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", ""}) {
    EXPECT_TRUE(is_granted(local, address)) << address;
  }
  for (const char* address : {"128.0.0.1", "::2", "192.0.2.1", "nonsense"}) {
    EXPECT_FALSE(is_granted(local, address)) << address;
  }
}

}  // namespace
}  // namespace forkloom::routing
