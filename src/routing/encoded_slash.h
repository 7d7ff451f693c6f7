#pragma once

// AllowEncodedSlashes: slashes that a client sent as "%2F". Pure, any thread.

#include <string>
#include <string_view>

namespace forkloom::routing {

bool has_encoded_slash(std::string_view encoded_path);

// As http::decode_path, but "%2F" stays as it stands and is no separator.
bool decode_keeping_slashes(std::string_view encoded_path, std::string& decoded);

}  // namespace forkloom::routing
