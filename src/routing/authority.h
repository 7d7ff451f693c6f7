#pragma once

#include <string_view>

namespace forkloom::routing {

// Parts of a well-formed authority: "host", "host:port", "[v6]", "[v6]:port" (RFC 3986 section
// 3.2). The brackets stay.
struct Authority {
  std::string_view host;
  std::string_view port;  // "" where it has none
};

Authority split_authority(std::string_view text);

}  // namespace forkloom::routing
