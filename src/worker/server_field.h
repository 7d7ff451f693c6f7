#pragma once

#include <string>
#include <string_view>

namespace forkloom::worker {

// Value of the Server field for Apache's ServerTokens: "Prod", "Major", "Minor", "Minimal", "OS"
// or "Full", in any case; what is not one of them counts as "Full".
std::string server_field(std::string_view server_tokens);

}  // namespace forkloom::worker
