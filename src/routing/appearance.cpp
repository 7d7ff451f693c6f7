#include "routing/appearance.h"

#include <algorithm>
#include <charconv>

#include "http/text.h"
#include "routing/authority.h"

namespace forkloom::routing {
namespace {

std::string_view usual_port(std::string_view scheme) { return scheme == "https" ? "443" : "80"; }

std::string_view canonical_scheme(const config::Host& host) {
  return http::equals_ignoring_case(host.scheme, "https") ? "https" : "http";
}

}  // namespace

app::Appearance RequestAppearance::describe(const http::Request& request, const app::Peer& peer,
                                            const config::Host& host, config::HeadToGet head_to_get,
                                            const ProxyReport& report) {
  const bool has_name = host.name && !host.name->empty();
  const bool is_canonical = has_name && host.uses_canonical_name == true;
  const Authority asked = split_authority(request.authority);
  const bool has_asked_name = !is_canonical && !asked.host.empty();
  const bool has_canonical_name = has_name && !has_asked_name;

  app::Appearance seen;
  const bool maps_head = head_to_get == config::HeadToGet::kOn && request.method == "HEAD";
  seen.method = maps_head ? "GET" : request.method;

  if (!report.scheme.empty()) {
    seen.scheme = report.scheme;
  } else if (is_canonical && !host.scheme.empty()) {
    seen.scheme = canonical_scheme(host);
  } else {
    seen.scheme = peer.is_https ? "https" : "http";
  }

  if (!report.server_name.empty()) {
    seen.server_name = report.server_name;
  } else if (has_canonical_name) {
    seen.server_name = *host.name;
  } else {
    seen.server_name = has_asked_name ? tidy_name(asked.host) : local_name(peer);
  }

  const bool is_proxied = !report.host.empty() || !report.scheme.empty();
  if (!report.port.empty()) {
    seen.server_port = report.port;
  } else if (has_asked_name && !asked.port.empty()) {
    seen.server_port = asked.port;
  } else if (has_name && host.port != 0) {
    seen.server_port = decimal(server_port_, host.port);
  } else if (has_name && !is_proxied) {
    // As httpd: a ServerName without port means the usual one, not the one listened on.
    seen.server_port = usual_port(
        has_canonical_name && !host.scheme.empty() ? canonical_scheme(host) : seen.scheme);
  } else if (is_proxied || peer.is_unix) {
    seen.server_port = usual_port(seen.scheme);
  } else {
    seen.server_port = decimal(server_port_, peer.local_port);
  }

  if (!report.remote_address.empty()) {
    seen.remote_address = report.remote_address;
  } else if (!peer.is_unix) {
    seen.remote_address = peer.remote_address;
    seen.remote_port = decimal(remote_port_, peer.remote_port);
  }
  return seen;
}

std::string_view RequestAppearance::tidy_name(std::string_view name) {
  if (name.size() > 1 && name.ends_with('.')) name.remove_suffix(1);
  const bool has_capital =
      std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!has_capital) return name;
  name_.assign(name);
  std::transform(name_.begin(), name_.end(), name_.begin(), http::to_lower);
  return name_;
}

std::string_view RequestAppearance::local_name(const app::Peer& peer) {
  const std::string_view address = peer.local_address;
  if (peer.is_unix || address.empty()) return "localhost";
  if (address.find(':') == std::string_view::npos) return address;
  bracketed_.assign(1, '[').append(address).push_back(']');
  return bracketed_;
}

std::string_view RequestAppearance::decimal(std::array<char, 5>& into, std::uint16_t number) {
  const auto written = std::to_chars(into.data(), into.data() + into.size(), number);
  return {into.data(), static_cast<std::size_t>(written.ptr - into.data())};
}

}  // namespace forkloom::routing
