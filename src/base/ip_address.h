#pragma once

// Numeric IP addresses from text (RFC 4291 section 2.2, RFC 3986 section 3.2.2 for IPv4). No system
// call, no name look-up. Pure functions, safe from any thread.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace forkloom {

// In network order; IPv4 as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), so that both kinds compare.
using IpAddress = std::array<std::uint8_t, 16>;

// Exactly one address: without brackets, port, zone, white space. A part of IPv4 with a leading
// zero is refused: some read it as octal.
std::optional<IpAddress> parse_ip(std::string_view text);
// A connection's own address: a zone behind it ("fe80::1%eth0", RFC 4007 section 11) does not
// count.
std::optional<IpAddress> parse_scoped_ip(std::string_view text);

// The part of an IPv4 address at the beginning of `text`, 0 to 255 in decimal, which is removed;
// nullopt where there is none.
std::optional<std::uint8_t> take_ipv4_part(std::string_view& text);

bool is_ipv4(const IpAddress& address);

}  // namespace forkloom
