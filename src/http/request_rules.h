#pragma once

// What a well-formed head may still not say, because two readers could understand it differently
// (RFC 9112 section 11.2), and what its fields mean for framing and the connection's life.

#include <cstdint>
#include <span>
#include <string_view>

#include "http/refusal.h"
#include "http/request.h"

namespace forkloom::http {

// Reads the version at the end of a request line, given with its CRLF (RFC 9112 section 2.3).
// HTTP/1.2 to 1.9 is read as, and overwritten with, HTTP/1.1, the highest that the server speaks
// (RFC 9110 section 6.2).
Refusal read_version(std::span<char> request_line, std::uint8_t& minor_version);

// Refuses a method that a program could take for an option. `method` is a token.
Refusal check_method(std::string_view method);

// From fields, method, authority and minor version: framing, content_length, authority,
// is_keep_alive, expects_continue. Refuses ambiguous framing and Host, any transfer coding but
// chunked and unknown expectations (417).
Refusal apply_fields(Request& request);

}  // namespace forkloom::http
