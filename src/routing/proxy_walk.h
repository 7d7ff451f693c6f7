#pragma once

// Fields to which each proxy appends, walked from their end, where the nearest proxy wrote, past
// the addresses that are trusted. Only what a proxy that is trusted wrote is ever looked at. A
// malformed, unknown or obfuscated address ends the walk; what was found until then counts.

#include <span>
#include <string_view>

#include "config/site.h"
#include "http/request.h"
#include "routing/forwarded_field.h"

namespace forkloom::routing {

using TrustedNetworks = std::span<const config::Requirement::Network>;

// X-Forwarded-For's first address from the end that is not trusted, or its first of all; "" where
// there is none.
std::string_view walk_forwarded_for(std::span<const http::Field> fields, TrustedNetworks trusted);

// The same of Forwarded, with host and proto as the proxy saw them that is nearest to the client.
// proto is "http" or "https".
ForwardedElement walk_forwarded(std::span<const http::Field> fields, TrustedNetworks trusted);

}  // namespace forkloom::routing
