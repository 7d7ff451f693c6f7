#pragma once

// The Forwarded field (RFC 7239 section 4), read from its end: what a proxy that is trusted
// appended stands there, and nothing that a client wrote before it, an open quote for instance, may
// change how it reads. Pure functions.

#include <optional>
#include <string_view>

namespace forkloom::routing {

// One hop's element. Values without their quotes; "" where absent.
struct ForwardedElement {
  std::string_view node;   // for=
  std::string_view host;   // host=
  std::string_view proto;  // proto=
};

// Takes the last element's text from `list`, trimmed; commas within quotes separate nothing.
// nullopt where nothing is left.
std::optional<std::string_view> take_last_element(std::string_view& list);

// nullopt where it is malformed, repeats a parameter, or escapes within quotes, which no address,
// host or scheme needs.
std::optional<ForwardedElement> read_forwarded_element(std::string_view text);

}  // namespace forkloom::routing
