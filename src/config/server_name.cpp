#include "config/server_name.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/ip_address.h"
#include "config/letters.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

struct NameAndPort {
  std::string_view name;
  std::optional<std::string_view> port;
};

// "name", "name:80", "[v6]", "[v6]:80"; the brackets stay.
NameAndPort split_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.find(']', colon) != std::string_view::npos) {
    return {text, std::nullopt};
  }
  return {text.substr(0, colon), text.substr(colon + 1)};
}

bool is_host_name(std::string_view text, bool can_have_wildcards) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [can_have_wildcards](char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' ||
           (can_have_wildcards && (c == '*' || c == '?'));
  });
}

Checked<std::uint16_t> read_port(std::string_view text) {
  const auto port = read_number(text, {.minimum = 1, .maximum = 65535}, "port");
  if (!port) {
    return refuse(fmt::format("'{}' is not a port from 1 to 65535", text), "write one, or none");
  }
  return static_cast<std::uint16_t>(*port);
}

bool is_bare_ipv6(std::string_view text) {
  return text.find(':') != std::string_view::npos && parse_ip(text);
}

tl::unexpected<Fault> refuse_bare_ipv6(std::string_view text) {
  return refuse(fmt::format("'{}' is an IPv6 address without brackets", text),
                fmt::format("write [{}]", text));
}

bool is_bracketed(std::string_view text) {
  return text.size() > 2 && text.starts_with('[') && text.ends_with(']');
}

}  // namespace

Checked<void> read_server_name(std::string_view text, Host& host) {
  constexpr const char* kRemedy =
      "write a name like www.example.com, or https://www.example.com:443";
  std::string scheme;
  if (const std::size_t end = text.find("://"); end != std::string_view::npos) {
    scheme = lower(text.substr(0, end));
    text.remove_prefix(end + 3);
    if (scheme != "http" && scheme != "https") {
      return refuse(fmt::format("'{}' is not a scheme of the web", scheme), kRemedy);
    }
  }
  if (is_bare_ipv6(text)) return refuse_bare_ipv6(text);
  const auto [name, port_text] = split_port(text);
  const bool is_address = is_bracketed(name) && parse_ip(name.substr(1, name.size() - 2));
  if (!is_address && !is_host_name(name, false)) {
    return refuse(fmt::format("'{}' is not a host's name", name), kRemedy);
  }
  std::uint16_t port = 0;
  if (port_text) {
    const auto read = read_port(*port_text);
    if (!read) return refuse(read.error());
    port = *read;
  }
  host.name = std::string(name);
  host.port = port;
  host.scheme = std::move(scheme);
  return {};
}

Checked<std::string> read_server_alias(std::string_view text) {
  const bool is_address = is_bracketed(text) && parse_ip(text.substr(1, text.size() - 2));
  if (!is_address && !is_host_name(text, true)) {
    return refuse(fmt::format("'{}' is not a host's name", text),
                  "write names without scheme and port, like example.com or *.example.com");
  }
  return std::string(text);
}

Checked<HostAddress> read_host_address(std::string_view text) {
  constexpr const char* kRemedy =
      "write *:80, an address like 10.0.0.1:80 or [2001:db8::1]:80, or *";
  if (is_bare_ipv6(text)) return refuse_bare_ipv6(text);
  auto [name, port_text] = split_port(text);
  HostAddress address;
  if (port_text && *port_text != "*") {
    const auto port = read_port(*port_text);
    if (!port) return refuse(port.error().problem, kRemedy);
    address.port = *port;
  }
  if (name == "*" || lower(name) == "_default_") return address;
  if (is_bracketed(name)) name = name.substr(1, name.size() - 2);
  if (!parse_ip(name)) {
    return refuse(fmt::format("'{}' is not a numeric address", text), kRemedy);
  }
  address.host = lower(name);
  return address;
}

}  // namespace forkloom::config
