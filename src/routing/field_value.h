#pragma once

// A field as one value, whatever number of lines it came in (RFC 9110 section 5.3).

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/request.h"

namespace forkloom::routing {

// Values of all fields of that name, in any letter case, joined by ", "; nullopt where there is
// none. The view points to the field's own value, or where there are several into `joined`.
std::optional<std::string_view> field_value(std::span<const http::Field> fields,
                                            std::string_view name, std::string& joined);

}  // namespace forkloom::routing
