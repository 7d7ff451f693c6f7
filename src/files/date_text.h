#pragma once

#include <ctime>
#include <optional>
#include <string_view>

namespace forkloom::files {

// A date in a request field, in any of the three forms of RFC 9110 section 5.6.7. `now` settles the
// century of a year with two digits. nullopt where it is malformed. Pure.
std::optional<std::time_t> read_date(std::string_view text, std::time_t now);

}  // namespace forkloom::files
