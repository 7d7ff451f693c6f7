#include "routing/trusted_proxies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/network.h"

namespace forkloom::routing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Proxies : public testing::Test {
 protected:
  Proxies() {
    peer_.remote_address = "10.0.0.1";
    request_.authority = "inside";
    request_.fields = {{"Host", "inside"}};
  }

  ProxyReport apply(const std::vector<std::string>& headers, bool trusts_unix = false) {
    TrustedProxies::Networks networks;
    for (const std::string_view text : {"10", "2001:db8::/32"}) {
      networks.push_back(*config::read_network(text));
    }
    return TrustedProxies(headers, networks, trusts_unix).apply(request_, peer_);
  }
  void field(std::string_view name, std::string_view value) {
    request_.fields.push_back({.name = name, .value = value});
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const http::Field& field : request_.fields) all.emplace_back(field.name);
    return all;
  }
  std::string client_of(std::string_view list) {
    field("X-Forwarded-For", list);
    const ProxyReport report = apply({"X-Forwarded-For"});
    request_.fields.pop_back();
    return std::string(report.remote_address);
  }
  ProxyReport forwarded(std::string_view list) {
    field("Forwarded", list);
    const ProxyReport report = apply({"Forwarded"});
    request_.fields.pop_back();
    return report;
  }

  http::Request request_;
  app::Peer peer_;
};

TEST_F(Proxies, AreNotAskedWhereNoHeaderIsConfigured) {
  field("X-Forwarded-For", "1.2.3.4");
  EXPECT_EQ(apply({}), ProxyReport{});
  EXPECT_THAT(names(), ElementsAre("Host", "X-Forwarded-For"));
}

TEST_F(Proxies, ReportEachMatter) {
  field("x-forwarded-for", "1.2.3.4");
  field("X-Forwarded-Host", "a.example:8443");
  field("X-Forwarded-Server", "server.example");
  field("X-Forwarded-Port", "443");
  field("X-Script-Name", "/shop/");
  field("X-Forwarded-Proto", "https");
  const ProxyReport report = apply({"X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Server",
                                    "X-Forwarded-Port", "X-Script-Name", "X-Forwarded-Proto"});
  EXPECT_EQ(report.remote_address, "1.2.3.4");
  EXPECT_EQ(report.host, "a.example:8443");
  EXPECT_EQ(report.server_name, "server.example");
  EXPECT_EQ(report.port, "443");
  EXPECT_EQ(report.script_name, "/shop");
  EXPECT_EQ(report.scheme, "https");
  EXPECT_EQ(request_.authority, "a.example:8443");
  EXPECT_EQ(request_.find("Host")->value, "a.example:8443");
  EXPECT_EQ(request_.fields.size(), 7U);
}

TEST_F(Proxies, GiveAHostToARequestWithoutOne) {
  request_.fields.clear();
  request_.authority = {};
  field("X-Forwarded-Host", "a.example");
  apply({"X-Forwarded-Host"});
  EXPECT_EQ(request_.find("Host")->value, "a.example");
}

TEST_F(Proxies, ThatAreNotTrustedReportNothingAndLoseTheirFields) {
  for (const std::string_view address : {"11.0.0.1", "::1", "", "host"}) {
    peer_.remote_address = address;
    field("X-Forwarded-For", "1.2.3.4");
    field("X-Forwarded-Host", "a.example");
    field("X-Real-IP", "1.2.3.4");
    field("Forwarded", "for=1.2.3.4");
    field("X-Forwarded-Proto", "https");
    EXPECT_EQ(apply({"X-Forwarded-For", "X-Forwarded-Host"}), ProxyReport{});
    EXPECT_THAT(names(), ElementsAre("Host", "X-Forwarded-Proto")) << address;
    EXPECT_EQ(request_.authority, "inside");
    request_.fields.pop_back();
  }
}

TEST_F(Proxies, ThatAreTrustedLoseTheSynonymsOnly) {
  for (const std::string_view name :
       {"X-Forwarded-For", "X-Client-IP", "X-Real-IP", "Forwarded", "X-HTTPS", "X-Other"}) {
    field(name, "1.2.3.4");
  }
  EXPECT_EQ(apply({"X-Real-IP"}).remote_address, "1.2.3.4");
  EXPECT_THAT(names(), ElementsAre("Host", "X-Real-IP", "X-HTTPS", "X-Other"));
}

TEST_F(Proxies, OfForwardedMakeSynonymsOfAllThatItSpeaksOf) {
  for (const std::string_view name :
       {"X-Real-IP", "X-Host", "X-Scheme", "X-Forwarded-Port", "X-Script-Name"}) {
    field(name, "1");
  }
  apply({"Forwarded"});
  EXPECT_THAT(names(), ElementsAre("Host", "X-Forwarded-Port", "X-Script-Name"));
}

TEST_F(Proxies, OnAUnixSocketAreTrustedWhereSaid) {
  peer_ = {};
  peer_.is_unix = true;
  field("X-Real-IP", "1.2.3.4");
  EXPECT_EQ(apply({"X-Real-IP"}, true).remote_address, "1.2.3.4");
  EXPECT_EQ(apply({"X-Real-IP"}, false).remote_address, "");
}

TEST_F(Proxies, AreKnownWithAZoneOrAsMappedAddress) {
  field("X-Real-IP", "1.2.3.4");
  peer_.remote_address = "::ffff:10.1.1.1";
  EXPECT_EQ(apply({"X-Real-IP"}).remote_address, "1.2.3.4");
  peer_.remote_address = "2001:db8::1%eth0";
  EXPECT_EQ(apply({"X-Real-IP"}).remote_address, "1.2.3.4");
}

TEST_F(Proxies, AreWalkedPastFromTheEnd) {
  EXPECT_EQ(client_of("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client_of("6.6.6.6, 1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client_of("6.6.6.6, 1.2.3.4, 10.0.0.9, [2001:db8::5]:80"), "1.2.3.4");
  EXPECT_EQ(client_of("10.0.0.8, 10.0.0.9"), "10.0.0.8");
  EXPECT_EQ(client_of("[2002::1]:4711, 10.0.0.9"), "2002::1");
  EXPECT_EQ(client_of("1.2.3.4,, 10.0.0.9,"), "1.2.3.4");
}

TEST_F(Proxies, EndTheWalkWhereAnAddressIsMalformed) {
  EXPECT_EQ(client_of("1.2.3.4, unknown, 10.0.0.9"), "10.0.0.9");
  EXPECT_EQ(client_of("1.2.3.4, 10.0.0.256"), "");
  EXPECT_EQ(client_of(""), "");
}

TEST_F(Proxies, AreWalkedThroughRepeatedFields) {
  field("X-Forwarded-For", "6.6.6.6, 1.2.3.4");
  EXPECT_EQ(client_of("10.0.0.9"), "1.2.3.4");
}

TEST_F(Proxies, ReportTheLastOfAListOnOtherMatters) {
  field("X-Forwarded-Proto", "https, http");
  field("X-Real-IP", "6.6.6.6, 1.2.3.4");
  const ProxyReport report = apply({"X-Forwarded-Proto", "X-Real-IP"});
  EXPECT_EQ(report.scheme, "http");
  EXPECT_EQ(report.remote_address, "1.2.3.4");
}

TEST_F(Proxies, ReportByTheFirstConfiguredHeaderThatSaysSomething) {
  field("X-Real-IP", "1.1.1.1");
  field("X-Client-IP", "2.2.2.2");
  EXPECT_EQ(apply({"X-Client-IP", "X-Real-IP"}).remote_address, "2.2.2.2");
  request_.fields.back().value = "nonsense";
  EXPECT_EQ(apply({"X-Client-IP", "X-Real-IP"}).remote_address, "1.1.1.1");
}

TEST_F(Proxies, ReportNothingMalformed) {
  field("X-Forwarded-Host", "a b");
  field("X-Forwarded-Port", "70000");
  field("X-Script-Name", "shop");
  EXPECT_EQ(apply({"X-Forwarded-Host", "X-Forwarded-Port", "X-Script-Name"}), ProxyReport{});
  EXPECT_EQ(request_.find("Host")->value, "inside");
}

TEST_F(Proxies, ReportWithForwarded) {
  const ProxyReport report =
      forwarded("for=\"[2002::1]:47\";host=\"a.example:8443\";proto=https;by=10.0.0.1");
  EXPECT_EQ(report.remote_address, "2002::1");
  EXPECT_EQ(report.host, "a.example:8443");
  EXPECT_EQ(report.scheme, "https");
}

TEST_F(Proxies, ReportWithForwardedWhatTheOneNearestToTheClientSaw) {
  const ProxyReport report = forwarded(
      "for=6.6.6.6;host=evil.example;proto=http, for=1.2.3.4;host=a.example;proto=https, "
      "for=10.0.0.9;host=inside;proto=http, for=10.0.0.8");
  EXPECT_EQ(report.remote_address, "1.2.3.4");
  EXPECT_EQ(report.host, "a.example");
  EXPECT_EQ(report.scheme, "https");
}

TEST_F(Proxies, EndForwardedWhereANodeIsHidden) {
  for (const std::string_view node : {"unknown", "_hidden", "\"_hidden:_port\""}) {
    const std::string list =
        "for=6.6.6.6;proto=http, proto=https;for=" + std::string(node) + ", for=10.0.0.9";
    const ProxyReport report = forwarded(list);
    EXPECT_EQ(report.remote_address, "10.0.0.9") << node;
    EXPECT_EQ(report.scheme, "https") << node;
  }
}

TEST_F(Proxies, EndForwardedWhereAnElementIsMalformed) {
  const ProxyReport report = forwarded("for=6.6.6.6, for=1.2.3.4;for=1.2.3.4, for=10.0.0.9");
  EXPECT_EQ(report.remote_address, "10.0.0.9");
}

}  // namespace
}  // namespace forkloom::routing
