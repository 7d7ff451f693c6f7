#pragma once

// Single values that a proxy reports: what was written → what it means, "" where it means nothing.
// Pure functions; the results point into the argument or are literals.

#include <optional>
#include <span>
#include <string_view>

#include "http/request.h"

namespace forkloom::routing {

// Of all fields of that name the last element, the one that the nearest proxy wrote; "" where
// there is none.
std::string_view last_element(std::span<const http::Field> fields, std::string_view name);

// Address without brackets and port.
std::string_view read_client(std::string_view text);
// Host with or without port.
std::string_view read_host(std::string_view text);
// Host; a port is dropped.
std::string_view read_server(std::string_view text);
// 1 to 65535.
std::string_view read_port(std::string_view text);
// "https" where the text is https, on, 1 or true in any letter case, else "http".
std::string_view read_scheme(std::string_view text);
// A path without trailing slash; nullopt where it is no absolute path.
std::optional<std::string_view> read_script_name(std::string_view text);

}  // namespace forkloom::routing
