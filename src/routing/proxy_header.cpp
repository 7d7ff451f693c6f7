#include "routing/proxy_header.h"

#include <array>

#include "http/text.h"

namespace forkloom::routing {
namespace {

struct Row {
  std::string_view name;
  std::uint8_t topics;
};

// In the order of ProxyHeader.
constexpr std::array<Row, 16> kRows = {{
    {"Forwarded", kClientTopic | kHostTopic | kSchemeTopic},
    {"X-Forwarded-For", kClientTopic},
    {"X-Client-IP", kClientTopic},
    {"X-Real-IP", kClientTopic},
    {"X-Forwarded-Host", kHostTopic},
    {"X-Host", kHostTopic},
    {"X-Forwarded-Server", kServerTopic},
    {"X-Forwarded-Port", kPortTopic},
    {"X-Script-Name", kScriptTopic},
    {"X-Forwarded-Script-Name", kScriptTopic},
    {"X-Forwarded-Proto", kSchemeTopic},
    {"X-Forwarded-Scheme", kSchemeTopic},
    {"X-Forwarded-HTTPS", kSchemeTopic},
    {"X-Forwarded-SSL", kSchemeTopic},
    {"X-Scheme", kSchemeTopic},
    {"X-HTTPS", kSchemeTopic},
}};

}  // namespace

std::optional<ProxyHeader> find_proxy_header(std::string_view name) {
  if (!name.starts_with('X') && !name.starts_with('x') && name.size() != kRows[0].name.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (http::equals_ignoring_case(name, kRows[i].name)) return static_cast<ProxyHeader>(i);
  }
  return std::nullopt;
}

std::string_view name_of(ProxyHeader header) {
  return kRows[static_cast<std::size_t>(header)].name;
}

std::uint8_t topics_of(ProxyHeader header) {
  return kRows[static_cast<std::size_t>(header)].topics;
}

}  // namespace forkloom::routing
