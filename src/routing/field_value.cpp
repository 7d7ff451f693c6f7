#include "routing/field_value.h"

#include "http/text.h"

namespace forkloom::routing {

std::optional<std::string_view> field_value(std::span<const http::Field> fields,
                                            std::string_view name, std::string& joined) {
  std::optional<std::string_view> value;
  bool is_joined = false;
  for (const http::Field& field : fields) {
    if (!http::equals_ignoring_case(field.name, name)) continue;
    if (!value) {
      value = field.value;
      continue;
    }
    if (!is_joined) joined = *value;
    is_joined = true;
    joined.append(", ").append(field.value);
  }
  return is_joined ? joined : value;
}

}  // namespace forkloom::routing
