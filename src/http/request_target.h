#pragma once

// The four forms of a request target (RFC 9112 section 3.2).

#include <string_view>

#include "http/refusal.h"
#include "http/request.h"

namespace forkloom::http {

// Sets path, query and (absolute-form only) authority from method and target, which hold no white
// space and no control character. Refuses a form that the method does not allow, a fragment, bytes
// outside ASCII, and CONNECT.
Refusal split_target(Request& request);

// uri-host [ ":" port ] (RFC 9110 section 4.2), without user information, without "," (a list) and
// without IPvFuture.
bool is_authority(std::string_view text);

}  // namespace forkloom::http
