#pragma once

// Listen's argument. Pure functions, safe from any thread.

#include <string_view>

#include "config/fault.h"
#include "config/settings.h"

namespace forkloom::config {

// "8000", "127.0.0.1:8000", "name:8000", "[::1]:8000" (RFC 3986 section 3.2.2), "*:8000" or
// "unix:/path". Port 0 lets the kernel choose. Whether the address exists shows only when it is
// bound.
Checked<ListenAddress> read_address(std::string_view text);

}  // namespace forkloom::config
