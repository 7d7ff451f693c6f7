#include "http/trailer_rules.h"

#include <algorithm>

#include <boost/beast/http/field.hpp>

#include "http/grammar.h"

namespace forkloom::http {

namespace {

bool is_forbidden(std::string_view name) {
  using KnownField = boost::beast::http::field;
  switch (boost::beast::http::string_to_field({name.data(), name.size()})) {
    // Framing.
    case KnownField::content_length:
    case KnownField::transfer_encoding:
    // Routing and the connection.
    case KnownField::host:
    case KnownField::connection:
    case KnownField::keep_alive:
    case KnownField::proxy_connection:
    case KnownField::te:
    case KnownField::trailer:
    case KnownField::upgrade:
    // Request modifiers.
    case KnownField::cache_control:
    case KnownField::expect:
    case KnownField::max_forwards:
    case KnownField::pragma:
    case KnownField::range:
    case KnownField::if_match:
    case KnownField::if_modified_since:
    case KnownField::if_none_match:
    case KnownField::if_range:
    case KnownField::if_unmodified_since:
    // Authentication and state.
    case KnownField::authorization:
    case KnownField::proxy_authorization:
    case KnownField::www_authenticate:
    case KnownField::proxy_authenticate:
    case KnownField::cookie:
    case KnownField::set_cookie:
    // How to read the content.
    case KnownField::content_encoding:
    case KnownField::content_range:
    case KnownField::content_type:
      return true;
    default:
      return false;
  }
}

}  // namespace

Refusal check_trailer(std::string_view line) {
  const std::size_t colon = std::min(line.find(':'), line.size());
  const std::string_view name = line.substr(0, colon);
  if (colon == line.size() || !is_token(name)) {
    return bad_request("malformed trailer field (RFC 9112 section 5)");
  }
  if (!std::all_of(line.begin() + colon + 1, line.end(), is_field_char)) {
    return bad_request("control character in a trailer field (RFC 9110 section 5.5)");
  }
  if (is_forbidden(name)) return bad_request("forbidden trailer field (RFC 9110 section 6.5.1)");
  return {};
}

}  // namespace forkloom::http
