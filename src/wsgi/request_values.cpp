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
  const app::Appearance& appearance = exchange.appearance;
  values_[kRequestMethod] = appearance.method;
  values_[kScriptName] = exchange.script_name;
  values_[kPathInfo] = exchange.path_info;
  values_[kQueryString] = request.query;
  values_[kRequestUri] = request.target;
  values_[kServerName] = appearance.server_name;
  values_[kServerPort] = appearance.server_port;
  values_[kServerAddr] = peer.is_unix ? std::string_view() : peer.local_address;
  values_[kListenerPort] =
      peer.is_unix ? std::string_view() : decimal(listener_port_, peer.local_port);
  values_[kServerProtocol] = request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1";
  values_[kRemoteAddr] = appearance.remote_address;
  values_[kRemotePort] = appearance.remote_port;
  values_[kScheme] = appearance.scheme;
  values_[kRequestId] = exchange.request_id;
  values_[kConnectionId] = decimal(connection_, peer.connection_number);
  content_length_ = decimal(length_, exchange.body.size());
}

}  // namespace forkloom::wsgi
