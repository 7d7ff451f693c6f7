#pragma once

#include <string_view>

#include "app/exchange.h"
#include "http/request.h"

namespace forkloom::files {

// Whether the method reads a file: GET or HEAD. Every other one is answered here: OPTIONS with what
// is allowed, what is known with 405, the rest with 501.
bool is_reading(const http::Request& request, app::Response& response);

}  // namespace forkloom::files
