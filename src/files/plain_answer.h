#pragma once

#include <string_view>

#include "app/exchange.h"
#include "files/header_fields.h"
#include "http/request.h"

namespace forkloom::files {

// "<status> <phrase>" as text, with further fields, and ends the answer.
void answer_plainly(int status, HeaderFields& fields, app::Response& response);

// Whether the method reads a file: GET or HEAD. Every other one is answered here: OPTIONS with what
// is allowed, the rest with 405.
bool is_reading(const http::Request& request, app::Response& response);

}  // namespace forkloom::files
