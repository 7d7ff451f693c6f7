#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "files/policy.h"

namespace forkloom::files {

// When an answer of that media type ceases to be fresh, as mod_expires reckons it; nullopt where
// the policy does not say. `type` may have parameters. Pure.
std::optional<WallTime> expiry_of(const Policy& policy, std::string_view type, WallTime modified,
                                  WallTime now);

}  // namespace forkloom::files
