#pragma once

#include <optional>
#include <string_view>

#include "http/grammar.h"
#include "http/request.h"
#include "http/text.h"

namespace forkloom::files {

// The value of a field that may occur once; nullopt where there is none, or more than one.
inline std::optional<std::string_view> single_field(const http::Request& request,
                                                    std::string_view name) {
  std::optional<std::string_view> value;
  for (const http::Field& field : request.fields) {
    if (!http::equals_ignoring_case(field.name, name)) continue;
    if (value) return std::nullopt;
    value = http::trim(field.value);
  }
  return value;
}

}  // namespace forkloom::files
