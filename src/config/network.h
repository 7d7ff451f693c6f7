#pragma once

// Networks as Require ip and WSGITrustedProxies name them. Pure functions, safe from any thread.

#include <span>
#include <string_view>

#include "base/ip_address.h"
#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// "10.1.2.3", "10.1" (its first parts), "10.1.0.0/16", "10.1.0.0/255.255.0.0", "2001:db8::1",
// "2001:db8::/32". Bits after the prefix are stored as 0, as Apache does.
Checked<Requirement::Network> read_network(std::string_view text);

// An IPv6 network holds no IPv4 address unless it is one of mapped addresses: "::/0" is all of
// IPv6, "0.0.0.0/0" all of IPv4.
bool contains(const Requirement::Network& network, const IpAddress& address);
bool contains(std::span<const Requirement::Network> networks, const IpAddress& address);

}  // namespace forkloom::config
