#pragma once

// The request fields in which proxies say what they know of the client. Pure functions.

#include <cstdint>
#include <optional>
#include <string_view>

namespace forkloom::routing {

enum class ProxyHeader : std::uint8_t {
  kForwarded,  // RFC 7239
  kXForwardedFor,
  kXClientIp,
  kXRealIp,
  kXForwardedHost,
  kXHost,
  kXForwardedServer,
  kXForwardedPort,
  kXScriptName,
  kXForwardedScriptName,
  kXForwardedProto,
  kXForwardedScheme,
  kXForwardedHttps,
  kXForwardedSsl,
  kXScheme,
  kXHttps,
};

// What a field speaks of, as bits: Forwarded speaks of several.
enum ProxyTopic : std::uint8_t {
  kClientTopic = 1,
  kHostTopic = 2,
  kServerTopic = 4,
  kPortTopic = 8,
  kScriptTopic = 16,
  kSchemeTopic = 32,
};

// nullopt where the name, in any letter case, is none of them.
std::optional<ProxyHeader> find_proxy_header(std::string_view name);

std::string_view name_of(ProxyHeader header);
std::uint8_t topics_of(ProxyHeader header);

}  // namespace forkloom::routing
