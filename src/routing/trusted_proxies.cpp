#include "routing/trusted_proxies.h"

#include <algorithm>
#include <utility>

#include "base/ip_address.h"
#include "config/network.h"
#include "http/text.h"
#include "routing/proxy_value.h"
#include "routing/proxy_walk.h"

namespace forkloom::routing {
namespace {

void fill(std::string_view& value, std::string_view found) {
  if (value.empty()) value = found;
}

void replace_host(http::Request& request, std::string_view host) {
  request.authority = host;
  const auto is_host = [](const http::Field& field) {
    return http::equals_ignoring_case(field.name, "Host");
  };
  const auto field = std::find_if(request.fields.begin(), request.fields.end(), is_host);
  if (field != request.fields.end()) {
    field->value = host;
  } else {
    request.fields.push_back({.name = "Host", .value = host});
  }
}

}  // namespace

TrustedProxies::TrustedProxies(std::span<const std::string> headers, Networks networks,
                               bool trusts_unix)
    : networks_(std::move(networks)), trusts_unix_(trusts_unix) {
  for (const std::string& name : headers) {
    const auto header = find_proxy_header(name);
    if (!header || is_configured(*header)) continue;
    headers_.push_back(*header);
    topics_ |= topics_of(*header);
  }
}

ProxyReport TrustedProxies::apply(http::Request& request, const app::Peer& peer) const {
  ProxyReport report;
  if (headers_.empty()) return report;
  const bool is_peer_trusted = is_trusted(peer);
  remove_fields(request, is_peer_trusted);
  if (!is_peer_trusted) return report;
  for (const ProxyHeader header : headers_) read(header, request, report);
  if (!report.host.empty()) replace_host(request, report.host);
  return report;
}

bool TrustedProxies::is_trusted(const app::Peer& peer) const {
  if (peer.is_unix) return trusts_unix_;
  const auto address = parse_scoped_ip(peer.remote_address);
  return address && config::contains(networks_, *address);
}

bool TrustedProxies::is_configured(ProxyHeader header) const {
  return std::find(headers_.begin(), headers_.end(), header) != headers_.end();
}

void TrustedProxies::remove_fields(http::Request& request, bool is_peer_trusted) const {
  std::erase_if(request.fields, [&](const http::Field& field) {
    const auto header = find_proxy_header(field.name);
    return header && (topics_of(*header) & topics_) != 0 &&
           !(is_peer_trusted && is_configured(*header));
  });
}

void TrustedProxies::read(ProxyHeader header, const http::Request& request,
                          ProxyReport& report) const {
  if (header == ProxyHeader::kForwarded) {
    const ForwardedElement found = walk_forwarded(request.fields, networks_);
    fill(report.remote_address, found.node);
    fill(report.host, found.host);
    fill(report.scheme, found.proto);
    return;
  }
  if (header == ProxyHeader::kXForwardedFor) {
    fill(report.remote_address, walk_forwarded_for(request.fields, networks_));
    return;
  }
  const std::string_view text = last_element(request.fields, name_of(header));
  switch (topics_of(header)) {
    case kClientTopic:
      return fill(report.remote_address, read_client(text));
    case kHostTopic:
      return fill(report.host, read_host(text));
    case kServerTopic:
      return fill(report.server_name, read_server(text));
    case kPortTopic:
      return fill(report.port, read_port(text));
    case kSchemeTopic:
      return fill(report.scheme, read_scheme(text));
    case kScriptTopic:
      if (!report.script_name) report.script_name = read_script_name(text);
      return;
  }
}

}  // namespace forkloom::routing
