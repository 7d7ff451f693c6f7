#include "routing/proxy_value.h"

#include <algorithm>
#include <array>

#include "http/grammar.h"
#include "http/request_target.h"
#include "http/text.h"
#include "routing/authority.h"
#include "routing/node_address.h"

namespace forkloom::routing {

std::string_view last_element(std::span<const http::Field> fields, std::string_view name) {
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if (!http::equals_ignoring_case(field->name, name)) continue;
    const std::size_t comma = field->value.rfind(',');
    return http::trim(field->value.substr(comma == std::string_view::npos ? 0 : comma + 1));
  }
  return {};
}

std::string_view read_client(std::string_view text) {
  const auto node = read_node_address(text);
  return node ? node->text : std::string_view();
}

std::string_view read_host(std::string_view text) {
  return http::is_authority(text) ? text : std::string_view();
}

std::string_view read_server(std::string_view text) {
  return split_authority(read_host(text)).host;
}

std::string_view read_port(std::string_view text) {
  if (!http::is_digits(text) || text.size() > 5 || text.front() == '0') return {};
  constexpr std::string_view kLargest = "65535";
  return text.size() == kLargest.size() && text > kLargest ? std::string_view() : text;
}

std::string_view read_scheme(std::string_view text) {
  if (text.empty()) return {};
  constexpr std::array<std::string_view, 4> kWords = {"https", "on", "1", "true"};
  const bool is_https = std::any_of(kWords.begin(), kWords.end(), [text](std::string_view word) {
    return http::equals_ignoring_case(text, word);
  });
  return is_https ? "https" : "http";
}

// "//host" in front would make a link of the application's lead to another host.
std::optional<std::string_view> read_script_name(std::string_view text) {
  if (!text.starts_with('/') || text.starts_with("//")) return std::nullopt;
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

}  // namespace forkloom::routing
