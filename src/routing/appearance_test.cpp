#include "routing/appearance.h"

#include <string>

#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

using config::HeadToGet;

class Appearance : public testing::Test {
 protected:
  Appearance() {
    request_.method = "GET";
    peer_.remote_address = "1.2.3.4";
    peer_.remote_port = 40000;
    peer_.local_address = "10.0.0.1";
    peer_.local_port = 8000;
    host_.uses_canonical_name = false;
  }

  app::Appearance describe(HeadToGet head_to_get = HeadToGet::kAuto) {
    return appearance_.describe(request_, peer_, host_, head_to_get, report_);
  }
  // "scheme://name:port"
  std::string server() {
    const app::Appearance seen = describe();
    std::string text(seen.scheme);
    text.append("://").append(seen.server_name).append(":").append(seen.server_port);
    return text;
  }

  http::Request request_;
  app::Peer peer_;
  config::Host host_;
  ProxyReport report_;
  RequestAppearance appearance_;
};

TEST_F(Appearance, HasTheNameThatTheClientAskedFor) {
  host_.name = "www.example";
  host_.port = 443;
  host_.scheme = "https";
  request_.authority = "a.example";
  // ServerName has a port, httpd's rule where Host has none.
  EXPECT_EQ(server(), "http://a.example:443");
  request_.authority = "a.example:81";
  EXPECT_EQ(server(), "http://a.example:81");
  request_.authority = "[::1]";
  EXPECT_EQ(server(), "http://[::1]:443");
  request_.authority = "[::1]:81";
  EXPECT_EQ(server(), "http://[::1]:81");
  request_.authority = "a.example:";
  EXPECT_EQ(server(), "http://a.example:443");
  request_.authority = "A.Example.";
  host_ = {};
  EXPECT_EQ(server(), "http://a.example:8000");
}

TEST_F(Appearance, HasTheServersNameWhereTheClientGaveNone) {
  host_.name = "www.example";
  EXPECT_EQ(server(), "http://www.example:80");
  host_.port = 81;
  EXPECT_EQ(server(), "http://www.example:81");
}

TEST_F(Appearance, HasTheLocalAddressWhereNobodyGivesAName) {
  EXPECT_EQ(server(), "http://10.0.0.1:8000");
  peer_.local_address = "2001:db8::1";
  EXPECT_EQ(server(), "http://[2001:db8::1]:8000");
  peer_.is_unix = true;
  EXPECT_EQ(server(), "http://localhost:80");
  peer_.is_https = true;
  EXPECT_EQ(server(), "https://localhost:443");
}

TEST_F(Appearance, HasTheCanonicalNameWhereItIsUsed) {
  host_.uses_canonical_name = true;
  request_.authority = "a.example:81";
  EXPECT_EQ(server(), "http://a.example:81");
  host_.name = "www.example";
  EXPECT_EQ(server(), "http://www.example:80");
  host_.port = 8443;
  EXPECT_EQ(server(), "http://www.example:8443");
  host_.scheme = "https";
  EXPECT_EQ(server(), "https://www.example:8443");
  host_.port = 0;
  EXPECT_EQ(server(), "https://www.example:443");
  host_.scheme = "http";
  peer_.is_https = true;
  EXPECT_EQ(server(), "http://www.example:80");
}

TEST_F(Appearance, HasWhatProxiesReport) {
  host_.uses_canonical_name = true;
  host_.name = "www.example";
  host_.port = 81;
  report_.server_name = "b.example";
  report_.port = "444";
  report_.scheme = "https";
  report_.remote_address = "6.6.6.6";
  EXPECT_EQ(server(), "https://b.example:444");
  EXPECT_EQ(describe().remote_address, "6.6.6.6");
  EXPECT_EQ(describe().remote_port, "");
}

TEST_F(Appearance, HasTheSchemesPortBehindAProxyThatReportsNone) {
  request_.authority = "a.example";
  report_.scheme = "https";
  EXPECT_EQ(server(), "https://a.example:443");
  report_.scheme = "";
  report_.host = "a.example";
  EXPECT_EQ(server(), "http://a.example:80");
  request_.authority = report_.host = "a.example:81";
  EXPECT_EQ(server(), "http://a.example:81");
}

TEST_F(Appearance, HasThePeersAddress) {
  EXPECT_EQ(describe().remote_address, "1.2.3.4");
  EXPECT_EQ(describe().remote_port, "40000");
  peer_ = {};
  peer_.is_unix = true;
  EXPECT_EQ(describe().remote_address, "");
  EXPECT_EQ(describe().remote_port, "");
}

TEST_F(Appearance, HasGetForHeadWhereItIsMapped) {
  request_.method = "HEAD";
  EXPECT_EQ(describe(HeadToGet::kOn).method, "GET");
  EXPECT_EQ(describe(HeadToGet::kAuto).method, "HEAD");
  EXPECT_EQ(describe(HeadToGet::kOff).method, "HEAD");
  request_.method = "POST";
  EXPECT_EQ(describe(HeadToGet::kOn).method, "POST");
}

}  // namespace
}  // namespace forkloom::routing
