#pragma once

// What a request says of who asks and of the server that is asked.

#include <array>
#include <string>
#include <string_view>

#include "app/exchange.h"
#include "http/request.h"

namespace forkloom::worker {

// Reused for each request of a connection. Views point into the request, the peer or this object.
class AppearanceText {
 public:
  AppearanceText() = default;
  AppearanceText(const AppearanceText&) = delete;
  AppearanceText& operator=(const AppearanceText&) = delete;

  // server_name: what the server is called in any case; "" for what the request says. Name and port
  // are the authority's, else the address's (RFC 3875 sections 4.1.14 and 4.1.15).
  app::Appearance fill(const http::Request& request, const app::Peer& peer,
                       std::string_view server_name);

 private:
  using Digits = std::array<char, 5>;

  std::string bracketed_;
  Digits server_port_, remote_port_;
};

}  // namespace forkloom::worker
