#include "http/request_target.h"

#include <algorithm>

#include "http/grammar.h"
#include "http/text.h"

namespace forkloom::http {

namespace {

constexpr std::string_view kRoot = "/";
constexpr std::string_view kWholeServer = "*";

// RFC 3986 section 3.3 has no byte outside ASCII; "#" would begin a fragment, which a client keeps
// to itself (RFC 9110 section 4.2.5).
bool is_target_char(char c) { return c > 0x20 && c < 0x7f && c != '#'; }

void split_query(Request& request, std::string_view path_and_query) {
  const std::size_t mark = path_and_query.find('?');
  request.path = path_and_query.substr(0, mark);
  request.query =
      mark == std::string_view::npos ? std::string_view() : path_and_query.substr(mark + 1);
}

// The target without its scheme, empty where that is neither http nor https.
std::string_view without_scheme(std::string_view target) {
  for (const std::string_view prefix : {"http://", "https://"}) {
    if (equals_ignoring_case(target.substr(0, prefix.size()), prefix)) {
      return target.substr(prefix.size());
    }
  }
  return {};
}

Refusal split_absolute_form(Request& request) {
  const std::string_view rest = without_scheme(request.target);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  if (authority.empty() || !is_authority(authority)) {
    return bad_request("target is neither a path nor an http URI (RFC 9112 section 3.2)");
  }
  request.authority = authority;
  split_query(request, rest.substr(end));
  if (!request.path.empty()) return {};
  const bool is_whole_server = request.method == "OPTIONS" && end == rest.size();
  request.path = is_whole_server ? kWholeServer : kRoot;  // RFC 9112 section 3.2.4
  return {};
}

bool is_registered_name(std::string_view host) {  // RFC 3986 section 3.2.2
  for (std::size_t at = 0; at < host.size(); ++at) {
    const char c = host[at];
    if (c == '%') {
      if (host.size() - at < 3 || hex_value(host[at + 1]) < 0 || hex_value(host[at + 2]) < 0) {
        return false;
      }
      at += 2;
      continue;
    }
    // RFC 3986 section 3.2.2: unreserved and sub-delims, which are the token characters less four
    // and more four others.
    const bool is_token_only = c == '#' || c == '^' || c == '`' || c == '|';
    const bool is_allowed_besides = c == '(' || c == ')' || c == ';' || c == '=';
    if (is_token_only || !(is_token_char(c) || is_allowed_besides)) return false;
  }
  return !host.empty();
}

bool is_ipv6(std::string_view text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return hex_value(c) >= 0 || c == ':' || c == '.';
         });
}

}  // namespace

Refusal split_target(Request& request) {
  const std::string_view target = request.target;
  request.path = {};
  request.query = {};
  request.authority = {};
  if (!std::all_of(target.begin(), target.end(), is_target_char)) {
    return bad_request("character not allowed in a target (RFC 9112 section 3.2)");
  }
  if (request.method == "CONNECT") {
    if (!is_authority(target)) {
      return bad_request("CONNECT to what is no authority (RFC 9112 section 3.2.3)");
    }
    return {501, "CONNECT: this server is no proxy (RFC 9110 section 9.3.6)"};
  }
  if (target.starts_with('/')) {
    split_query(request, target);
    return {};
  }
  if (target == kWholeServer) {
    if (request.method != "OPTIONS") {
      return bad_request("* is for OPTIONS only (RFC 9112 section 3.2.4)");
    }
    request.path = target;
    return {};
  }
  return split_absolute_form(request);
}

bool is_authority(std::string_view text) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos || !is_ipv6(text.substr(1, close - 1))) return false;
    port = text.substr(close + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    if (!is_registered_name(text.substr(0, colon))) return false;
    port = text.substr(colon);
  }
  if (port.empty()) return true;
  return port.front() == ':' && (port.size() == 1 || is_digits(port.substr(1)));
}

}  // namespace forkloom::http
