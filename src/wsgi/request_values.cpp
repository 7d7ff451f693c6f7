#include "wsgi/request_values.h"

#include <charconv>
#include <span>

namespace forkloom::wsgi {
namespace {

std::string_view decimal(std::span<char> into, std::uint64_t number) {
  const auto written = std::to_chars(into.data(), into.data() + into.size(), number);
  return {into.data(), static_cast<std::size_t>(written.ptr - into.data())};
}

}  // namespace

void RequestValues::fill(const app::Exchange& exchange) {
  const http::Request& request = exchange.request;
  const app::Peer& peer = exchange.peer;
  values_[kRequestMethod] = request.method;
  values_[kPathInfo] = exchange.path_info;
  values_[kQueryString] = request.query;
  values_[kRequestUri] = request.target;
  values_[kServerProtocol] = request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1";
  values_[kServerAddr] = peer.is_unix ? std::string_view() : peer.local_address;
  values_[kRemoteAddr] = peer.remote_address;
  values_[kRemotePort] =
      peer.is_unix ? std::string_view() : decimal(remote_port_, peer.remote_port);
  values_[kRequestScheme] = values_[kUrlScheme] = peer.is_https ? "https" : "http";
  values_[kRequestId] = exchange.request_id;
  values_[kConnectionId] = decimal(connection_, peer.connection_number);
  content_length_ = decimal(length_, exchange.body.size());
  fill_server(exchange);
}

void RequestValues::fill_server(const app::Exchange& exchange) {
  const app::Peer& peer = exchange.peer;
  // "host", "host:port", "[v6]" or "[v6]:port"; the brackets stay, they are part of SERVER_NAME.
  std::string_view host = exchange.request.authority;
  std::string_view port;
  if (const std::size_t colon = host.rfind(':');
      colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (!server_name_.empty()) {
    values_[kServerName] = server_name_;
  } else if (!host.empty()) {
    values_[kServerName] = host;
  } else if (peer.is_unix || peer.local_address.empty()) {
    values_[kServerName] = "localhost";
  } else if (peer.local_address.find(':') != std::string_view::npos) {
    bracketed_.clear();
    bracketed_.push_back('[');
    bracketed_.append(peer.local_address);
    bracketed_.push_back(']');
    values_[kServerName] = bracketed_;
  } else {
    values_[kServerName] = peer.local_address;
  }
  if (!port.empty()) {
    values_[kServerPort] = port;
  } else if (peer.is_unix) {
    values_[kServerPort] = peer.is_https ? "443" : "80";
  } else {
    values_[kServerPort] = decimal(server_port_, peer.local_port);
  }
}

}  // namespace forkloom::wsgi
