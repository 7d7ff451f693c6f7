#include "routing/node_address.h"

#include <algorithm>

#include "http/grammar.h"

namespace forkloom::routing {
namespace {

// RFC 7239 section 6: node-port.
bool is_port(std::string_view text) {
  if (text.starts_with('_')) return text.size() > 1 && http::is_token(text);
  return text.size() <= 5 && http::is_digits(text);
}

}  // namespace

std::optional<NodeAddress> read_node_address(std::string_view text) {
  std::string_view address = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t close = std::min(text.find(']'), text.size() - 1);
    address = text.substr(1, close - 1);
    port = text.substr(close + 1);
    if (text[close] != ']' || address.find(':') == std::string_view::npos) return std::nullopt;
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    address = text.substr(0, text.find(':'));
    port = text.substr(address.size());
  }
  if (!port.empty() && !(port.front() == ':' && is_port(port.substr(1)))) return std::nullopt;
  const auto parsed = parse_ip(address);
  if (!parsed) return std::nullopt;
  return NodeAddress{.text = address, .address = *parsed};
}

}  // namespace forkloom::routing
