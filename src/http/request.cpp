#include "http/request.h"

#include "http/text.h"

namespace forkloom::http {

const Field* Request::find(std::string_view name) const {
  for (const Field& field : fields) {
    if (equals_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

}  // namespace forkloom::http
