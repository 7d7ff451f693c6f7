#include "worker/appearance.h"

#include <gtest/gtest.h>

namespace forkloom::worker {
namespace {

constexpr app::Peer kPeer = {.remote_address = "192.0.2.7",
                             .remote_port = 40000,
                             .local_address = "192.0.2.1",
                             .local_port = 8000};

std::string name_and_port(std::string_view authority, const app::Peer& peer = kPeer,
                          std::string_view server_name = "") {
  http::Request request;
  request.authority = authority;
  AppearanceText text;
  const app::Appearance appearance = text.fill(request, peer, server_name);
  return std::string(appearance.server_name) + " " + std::string(appearance.server_port);
}

TEST(Appearance, TheNameComesFromTheSettingThenTheRequestThenTheAddress) {
  EXPECT_EQ(name_and_port("other.example:81", kPeer, "www.example.net"), "www.example.net 81");
  EXPECT_EQ(name_and_port("[::1]:81"), "[::1] 81");
  EXPECT_EQ(name_and_port("[::1]"), "[::1] 8000");
  EXPECT_EQ(name_and_port("h:"), "h 8000");
  EXPECT_EQ(name_and_port(""), "192.0.2.1 8000");
  const app::Peer v6_peer = {
      .remote_address = "2001:db8::2", .local_address = "2001:db8::1", .local_port = 1};
  EXPECT_EQ(name_and_port("", v6_peer), "[2001:db8::1] 1");
}

TEST(Appearance, AUnixSocketHasTheSchemesPortAndNoClient) {
  const app::Peer unix_peer = {
      .remote_address = "", .local_address = "/run/app.sock", .is_unix = true};
  EXPECT_EQ(name_and_port("", unix_peer), "localhost 80");
  const app::Peer tls_peer = {
      .remote_address = "", .local_address = "", .is_unix = true, .is_https = true};
  EXPECT_EQ(name_and_port("h", tls_peer), "h 443");
  http::Request request;
  AppearanceText text;
  const app::Appearance appearance = text.fill(request, tls_peer, "");
  EXPECT_EQ(appearance.scheme, "https");
  EXPECT_EQ(appearance.remote_address, "");
  EXPECT_EQ(appearance.remote_port, "");
}

TEST(Appearance, SaysMethodAndClientAsTheyAre) {
  http::Request request;
  request.method = "HEAD";
  AppearanceText text;
  const app::Appearance appearance = text.fill(request, kPeer, "");
  EXPECT_EQ(appearance.method, "HEAD");
  EXPECT_EQ(appearance.remote_address, "192.0.2.7");
  EXPECT_EQ(appearance.remote_port, "40000");
  EXPECT_EQ(appearance.scheme, "http");
}

}  // namespace
}  // namespace forkloom::worker
