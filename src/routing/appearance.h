#pragma once

// Who asks and what for, as the application is to see it: UseCanonicalName, WSGIMapHEADToGET, and
// what proxies that are trusted report.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/exchange.h"
#include "config/site.h"
#include "http/request.h"
#include "routing/trusted_proxies.h"

namespace forkloom::routing {

// Appearance of one request at a time. Used by one thread at a time; reused, so that nothing is
// allocated once the buffers have grown. Not copyable: the result may point into it.
class RequestAppearance {
 public:
  RequestAppearance() = default;
  RequestAppearance(const RequestAppearance&) = delete;
  RequestAppearance& operator=(const RequestAppearance&) = delete;

  // The result lives until the next call and as long as all that is given. `host` is merged with
  // the main server; `request` is as TrustedProxies left it.
  //
  // Name: reported; ServerName with UseCanonicalName On; Host's; ServerName; the local address.
  // Port: reported; Host's; that of ServerName, or where that has none the usual one of its scheme;
  // that of the scheme where a proxy reports host or scheme, since the local port is not the
  // client's then; the local port, or the scheme's on a UNIX socket.
  app::Appearance describe(const http::Request& request, const app::Peer& peer,
                           const config::Host& host, config::HeadToGet head_to_get,
                           const ProxyReport& report);

 private:
  // In lower case, without the dot of the root.
  std::string_view tidy_name(std::string_view name);
  std::string_view local_name(const app::Peer& peer);
  static std::string_view decimal(std::array<char, 5>& into, std::uint16_t number);

  std::string name_;
  std::string bracketed_;
  std::array<char, 5> server_port_{};
  std::array<char, 5> remote_port_{};
};

}  // namespace forkloom::routing
