#pragma once

// URL paths (RFC 3986): decoding and normalising, as Apache does before it maps a URL.

#include <string>
#include <string_view>

namespace forkloom::http {

// Decodes percent-escapes, resolves "." and ".." segments, merges repeated slashes, and stores the
// result in `decoded` (reused, so that no allocation remains once it has grown). false where an
// escape is malformed or decodes to NUL, or where ".." climbs above the root: answer 400.
// `path` begins with "/" or is "*".
bool decode_path(std::string_view path, std::string& decoded);

}  // namespace forkloom::http
