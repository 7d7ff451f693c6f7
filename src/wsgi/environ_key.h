#pragma once

// Which environ key a request field becomes (RFC 3875 section 4.1.18, PEP 3333).

#include <optional>
#include <string>
#include <string_view>

namespace forkloom::wsgi {

// "HTTP_ACCEPT" for Accept, "CONTENT_TYPE" for Content-Type; nullopt where the field does not reach
// the application:
//  - a name with anything but letters, digits and "-", since X_User and X-User would meet in one
//  key
//    and let a client pass for a proxy;
//  - Proxy, whose HTTP_PROXY programs take for their own configuration ("httpoxy");
//  - Authorization and Proxy-Authorization unless they are to be passed;
//  - Transfer-Encoding: the body has been received whole.
std::optional<std::string> environ_key(std::string_view field_name, bool passes_authorization);

}  // namespace forkloom::wsgi
