#include "worker/appearance.h"

#include <charconv>
#include <cstdint>
#include <span>

namespace forkloom::worker {
namespace {

std::string_view decimal(std::span<char> into, std::uint16_t number) {
  const auto written = std::to_chars(into.data(), into.data() + into.size(), number);
  return {into.data(), static_cast<std::size_t>(written.ptr - into.data())};
}

}  // namespace

app::Appearance AppearanceText::fill(const http::Request& request, const app::Peer& peer,
                                     std::string_view server_name) {
  // "host", "host:port", "[v6]" or "[v6]:port"; the brackets stay, they are part of SERVER_NAME.
  std::string_view host = request.authority;
  std::string_view port;
  if (const std::size_t colon = host.rfind(':');
      colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (!server_name.empty()) {
    host = server_name;
  } else if (!host.empty()) {
    // as the request says
  } else if (peer.is_unix || peer.local_address.empty()) {
    host = "localhost";
  } else if (peer.local_address.find(':') != std::string_view::npos) {
    bracketed_.assign("[").append(peer.local_address).append("]");
    host = bracketed_;
  } else {
    host = peer.local_address;
  }
  if (!port.empty()) {
    // as the request says
  } else if (peer.is_unix) {
    port = peer.is_https ? "443" : "80";
  } else {
    port = decimal(server_port_, peer.local_port);
  }
  return {
      .method = request.method,
      .server_name = host,
      .server_port = port,
      .remote_address = peer.remote_address,
      .remote_port = peer.is_unix ? std::string_view() : decimal(remote_port_, peer.remote_port),
      .scheme = peer.is_https ? "https" : "http"};
}

}  // namespace forkloom::worker
