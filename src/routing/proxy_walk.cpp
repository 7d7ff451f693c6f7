#include "routing/proxy_walk.h"

#include "config/network.h"
#include "http/text.h"
#include "routing/node_address.h"
#include "routing/proxy_header.h"
#include "routing/proxy_value.h"

namespace forkloom::routing {
namespace {

// Calls `visit` with each element of all fields of that name, from the end, until it returns
// false. Empty ones mean nothing (RFC 9110 section 5.6.1.2).
template <typename Visit>
void visit_from_end(std::span<const http::Field> fields, ProxyHeader header, Visit visit) {
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if (!http::equals_ignoring_case(field->name, name_of(header))) continue;
    std::string_view list = field->value;
    while (const auto element = take_last_element(list)) {
      if (!element->empty() && !visit(*element)) return;
    }
  }
}

}  // namespace

std::string_view walk_forwarded_for(std::span<const http::Field> fields, TrustedNetworks trusted) {
  std::string_view client;
  visit_from_end(fields, ProxyHeader::kXForwardedFor, [&](std::string_view element) {
    const auto node = read_node_address(element);
    if (!node) return false;
    client = node->text;
    return config::contains(trusted, node->address);
  });
  return client;
}

ForwardedElement walk_forwarded(std::span<const http::Field> fields, TrustedNetworks trusted) {
  ForwardedElement found;
  visit_from_end(fields, ProxyHeader::kForwarded, [&](std::string_view text) {
    const auto element = read_forwarded_element(text);
    if (!element) return false;
    if (!read_host(element->host).empty()) found.host = element->host;
    if (!element->proto.empty()) found.proto = read_scheme(element->proto);
    const auto node = read_node_address(element->node);
    if (!node) return false;
    found.node = node->text;
    return config::contains(trusted, node->address);
  });
  return found;
}

}  // namespace forkloom::routing
