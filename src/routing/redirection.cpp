#include "routing/redirection.h"

#include <string>
#include <vector>

#include "base/pattern.h"
#include "routing/prefix.h"

namespace forkloom::routing {
namespace {

// What stays in a path (RFC 3986 section 3.3: pchar and "/").
bool is_path_char(char c) {
  const bool is_alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return is_alphanumeric ||
         std::string_view("/-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

void append_escaped(std::string& text, std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : path) {
    if (is_path_char(c)) {
      text += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      text += '%';
      text += kDigits[byte >> 4];
      text += kDigits[byte & 15];
    }
  }
}

bool fill_from_pattern(const config::Redirect& redirect, std::string_view path,
                       std::string& location) {
  Pattern::Groups groups;
  if (!redirect.pattern->matches(path, groups)) return false;
  std::vector<std::string> escaped(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    append_escaped(escaped[i], groups[i]);
    groups[i] = escaped[i];
  }
  location = substitute(redirect.target, groups);
  return true;
}

// Without a path, what stands in a <Location>, the target takes all paths as it is.
bool fill_location(const config::Redirect& redirect, std::string_view path, std::string& location) {
  if (redirect.pattern) return fill_from_pattern(redirect, path, location);
  if (!redirect.path.empty() && !fits(redirect.path, path)) return false;
  location = redirect.target;
  if (!redirect.path.empty()) append_escaped(location, path.substr(redirect.path.size()));
  return true;
}

bool is_url_or_path(std::string_view location) {
  return location.starts_with('/') || location.find("://") != std::string_view::npos;
}

}  // namespace

bool redirect(std::span<const config::Redirect> redirects, std::string_view path,
              std::string_view query, Route& into) {
  for (const config::Redirect& one : redirects) {
    if (!fill_location(one, path, into.location)) continue;
    const bool has_location = one.status >= 300 && one.status < 400;
    if (!has_location) {
      into.kind = Route::Kind::kRefused;
      into.status = one.status;
      into.why = "Redirect without a target";
    } else if (!is_url_or_path(into.location)) {
      into.kind = Route::Kind::kRefused;
      into.status = 500;
      into.why = "Redirect leads to neither a URL nor a path";
    } else {
      into.kind = Route::Kind::kRedirect;
      into.status = one.status;
      into.why = {};
      if (!query.empty() && into.location.find('?') == std::string::npos) {
        into.location.append("?").append(query);
      }
      return true;
    }
    into.location.clear();
    return true;
  }
  return false;
}

}  // namespace forkloom::routing
