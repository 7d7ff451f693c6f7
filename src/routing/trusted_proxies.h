#pragma once

// WSGITrustedProxyHeaders and WSGITrustedProxies: what a proxy says of the client, where the proxy
// is trusted.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "config/site.h"
#include "http/request.h"
#include "routing/proxy_header.h"

namespace forkloom::routing {

// Each "" where no proxy that is trusted says it. Views into the request's head.
struct ProxyReport {
  std::string_view remote_address;  // without brackets and port
  std::string_view host;            // with its port where it has one
  std::string_view server_name;     // IPv6 in brackets
  std::string_view port;            // decimal, 1 to 65535
  std::string_view scheme;          // "http" or "https"
  // Without trailing slash, so that "" means the root.
  std::optional<std::string_view> script_name;
  bool operator==(const ProxyReport&) const = default;
};

// Immutable once made, safe from any thread. One for each distinct pair of settings.
class TrustedProxies {
 public:
  using Networks = std::vector<config::Requirement::Network>;

  // `headers` as configured; names that are none of proxy_header.h's are ignored. Nobody is
  // trusted who is not in `networks`; trusts_unix: a peer on a UNIX socket is.
  TrustedProxies(std::span<const std::string> headers, Networks networks, bool trusts_unix);

  // Of several headers on one matter the first configured that says something counts. A host that
  // is reported replaces Host's value and the authority. Removed from the fields: from a peer
  // that is not trusted all that speak of a configured matter, from one that is those that are
  // not configured; so what an application sees of them is true.
  ProxyReport apply(http::Request& request, const app::Peer& peer) const;

 private:
  bool is_trusted(const app::Peer& peer) const;
  bool is_configured(ProxyHeader header) const;
  void remove_fields(http::Request& request, bool is_peer_trusted) const;
  void read(ProxyHeader header, const http::Request& request, ProxyReport& report) const;

  std::vector<ProxyHeader> headers_;
  std::uint8_t topics_ = 0;  // of all of headers_
  Networks networks_;
  bool trusts_unix_ = false;
};

}  // namespace forkloom::routing
