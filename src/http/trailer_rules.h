#pragma once

#include <string_view>

#include "http/refusal.h"

namespace forkloom::http {

// One line of a trailer section, without CRLF (RFC 9110 section 6.5). Refuses what is no field line
// and a field that must not come after the content, because it says how the message is framed,
// routed, authenticated, or processed (section 6.5.1).
Refusal check_trailer(std::string_view line);

}  // namespace forkloom::http
