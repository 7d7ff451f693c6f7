#include "config/address.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

constexpr const char* kForms = "write HOST:PORT, [IPv6]:PORT, PORT or unix:/PATH";
// sockaddr_un.sun_path has 108 bytes on Linux, one of them for the NUL (unix(7)).
constexpr std::size_t kLongestUnixPath = 107;

bool is_host_letter(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
}

// With a zone where the address is link-local: "fe80::1%eth0" (RFC 4007 section 11).
bool is_ipv6(std::string_view host) {
  const std::size_t percent = std::min(host.find('%'), host.size());
  const std::string_view address = host.substr(0, percent);
  const std::string_view zone = host.substr(percent);
  const auto is_address_letter = [](char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f') || c == ':' || c == '.';
  };
  return std::count(address.begin(), address.end(), ':') >= 2 &&
         std::all_of(address.begin(), address.end(), is_address_letter) &&
         (zone.empty() ||
          (zone.size() > 1 && std::all_of(zone.begin() + 1, zone.end(), is_host_letter)));
}

// Lower-cases the address, not the zone, which names an interface.
std::string canonical_host(std::string_view host) {
  const std::size_t percent = std::min(host.find('%'), host.size());
  return lower(host.substr(0, percent)) + std::string(host.substr(percent));
}

Checked<ListenAddress> read_unix_address(std::string_view path) {
  if (!path.starts_with('/') || path.ends_with('/')) {
    return refuse(fmt::format("'{}' is not the absolute path of a socket", path),
                  "write unix:/PATH, with the whole path");
  }
  if (path.size() > kLongestUnixPath) {
    return refuse(fmt::format("the socket's path has {} bytes", path.size()),
                  fmt::format("write one of at most {} bytes", kLongestUnixPath));
  }
  return ListenAddress{.host = {}, .port = 0, .unix_path = std::string(path)};
}

}  // namespace

Checked<ListenAddress> read_address(std::string_view text) {
  constexpr std::string_view kUnixScheme = "unix:";
  if (text.starts_with(kUnixScheme)) return read_unix_address(text.substr(kUnixScheme.size()));

  const bool is_port_alone = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  const std::size_t colon = text.rfind(':');
  if (!is_port_alone && (colon == std::string_view::npos || text.ends_with(']'))) {
    return refuse(fmt::format("'{}' has no port", text), kForms);
  }
  std::string_view host = is_port_alone ? "*" : text.substr(0, colon);
  const std::string_view port_text = is_port_alone ? text : text.substr(colon + 1);
  const auto port = read_number(port_text, {.minimum = 0, .maximum = 65535}, "port");
  if (!port) {
    return refuse(fmt::format("'{}' is not a port from 0 to 65535", port_text), kForms);
  }

  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (is_bracketed) {
    host = host.substr(1, host.size() - 2);
    if (!is_ipv6(host)) {
      return refuse(fmt::format("'{}' is not an IPv6 address", host), kForms);
    }
  } else if (is_ipv6(host)) {
    return refuse(fmt::format("'{}' is an IPv6 address without brackets", text),
                  fmt::format("write [{}]:{}", host, port_text));
  } else if (host != "*" &&
             (host.empty() || !std::all_of(host.begin(), host.end(), is_host_letter))) {
    return refuse(fmt::format("'{}' is neither a host's name nor an address", host), kForms);
  }
  return ListenAddress{
      .host = canonical_host(host), .port = static_cast<std::uint16_t>(*port), .unix_path = {}};
}

}  // namespace forkloom::config
