#include "accesslog/message_values.h"

#include <cstddef>
#include <cstdint>

#include "accesslog/escape.h"
#include "http/path.h"
#include "http/text.h"

namespace forkloom::accesslog {
namespace {

constexpr std::string_view kWhite = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kWhite);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhite) - begin + 1);
}

// Calls visit(value) for each field of that name, in order, until it returns false.
template <typename Visit>
void for_each_field(const http::Request& request, std::string_view name, Visit visit) {
  const http::Field* field = request.find(name);
  if (field == nullptr) return;
  const http::Field* const end = request.fields.data() + request.fields.size();
  for (; field != end; ++field) {
    if (http::equals_ignoring_case(field->name, name) && !visit(field->value)) return;
  }
}

// Takes the text before the separator, and the separator, off the front of `rest`.
std::string_view take(std::string_view& rest, std::string_view separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + separator.size());
  return taken;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// The credentials of "Basic <credentials>", "" for another scheme.
std::string_view basic_credentials(std::string_view value) {
  const std::string_view scheme = take(value, " ");
  return http::equals_ignoring_case(scheme, "basic") ? trimmed(value) : std::string_view();
}

}  // namespace

bool append_request_field(const http::Request& request, std::string_view name, std::string& out) {
  bool is_found = false;
  for_each_field(request, name, [&](std::string_view value) {
    if (is_found) out.append(", ");
    append_escaped(value, out);
    return is_found = true;
  });
  return is_found;
}

bool append_response_field(std::string_view head, std::string_view name, std::string& out) {
  bool is_found = false;
  take(head, "\r\n");
  while (!head.empty()) {
    std::string_view value = take(head, "\r\n");
    if (value.empty()) break;
    if (!http::equals_ignoring_case(take(value, ":"), name)) continue;
    if (is_found) out.append(", ");
    append_escaped(trimmed(value), out);
    is_found = true;
  }
  return is_found;
}

bool append_cookie(const http::Request& request, std::string_view name, std::string& out) {
  bool is_found = false;
  for_each_field(request, "Cookie", [&](std::string_view rest) {
    while (!rest.empty() && !is_found) {
      std::string_view value = take(rest, ";");
      if (value.find('=') == std::string_view::npos) continue;
      if (trimmed(take(value, "=")) != name) continue;
      append_escaped(trimmed(value), out);
      is_found = true;
    }
    return !is_found;
  });
  return is_found;
}

bool append_basic_user(const http::Request& request, std::string& out) {
  const http::Field* field = request.find("Authorization");
  if (field == nullptr) return false;
  const std::size_t begin = out.size();
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char c : basic_credentials(field->value)) {
    const int value = base64_value(c);
    if (value < 0) break;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    const char byte = static_cast<char>((bits >> static_cast<unsigned>(bit_count)) & 0xffU);
    if (byte == ':') {
      if (out.size() == begin) out.append("\"\"");
      return true;
    }
    append_escaped({&byte, 1}, out);
  }
  out.resize(begin);
  return false;
}

void append_path(const http::Request& request, std::string& out) {
  // Per thread, so that a line costs no allocation once the buffer has grown.
  thread_local std::string decoded;
  const bool is_decoded = request.path.starts_with('/') && http::decode_path(request.path, decoded);
  append_escaped(is_decoded ? std::string_view(decoded) : request.path, out);
}

std::string_view host_name(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace forkloom::accesslog
