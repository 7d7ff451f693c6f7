#include "wsgi/environ_key.h"

namespace forkloom::wsgi {

std::optional<std::string> environ_key(std::string_view field_name, bool passes_authorization) {
  std::string key = "HTTP_";
  key.reserve(key.size() + field_name.size());
  for (const char c : field_name) {
    if (c >= 'a' && c <= 'z') {
      key += static_cast<char>(c - 'a' + 'A');
    } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      key += c;
    } else if (c == '-') {
      key += '_';
    } else {
      return std::nullopt;
    }
  }
  if (key == "HTTP_CONTENT_TYPE" || key == "HTTP_CONTENT_LENGTH") return key.substr(5);
  if (key == "HTTP_PROXY" || key == "HTTP_TRANSFER_ENCODING") return std::nullopt;
  if (!passes_authorization && (key == "HTTP_AUTHORIZATION" || key == "HTTP_PROXY_AUTHORIZATION")) {
    return std::nullopt;
  }
  return key;
}

}  // namespace forkloom::wsgi
