#pragma once

// The address of a hop as proxies write it (RFC 7239 section 6, X-Forwarded-For). Pure functions.

#include <optional>
#include <string_view>

#include "base/ip_address.h"

namespace forkloom::routing {

struct NodeAddress {
  std::string_view text;  // part of what was read, without brackets and port
  IpAddress address{};
};

// "1.2.3.4", "1.2.3.4:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80", where the port may
// be obfuscated ("_x"). nullopt for all else, so for "unknown" and obfuscated nodes too.
std::optional<NodeAddress> read_node_address(std::string_view text);

}  // namespace forkloom::routing
