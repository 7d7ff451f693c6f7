#pragma once

// IP addresses in figures. Pure, any thread.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace forkloom::os {

// 128 bits in network order; IPv4 as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), so that a client
// is the same whichever socket it came by.
using NumericAddress = std::array<std::uint8_t, 16>;

// "192.0.2.1" or "2001:db8::1", without brackets; a zone ("%eth0") does not count. nullopt where
// it is neither.
std::optional<NumericAddress> read_numeric_address(std::string_view text);

}  // namespace forkloom::os
