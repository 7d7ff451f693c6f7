#pragma once

// The environ's values that the request line and the connection give. No Python: found before the
// request thread attaches.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "app/exchange.h"

namespace forkloom::wsgi {

enum Variable : std::size_t {
  kRequestMethod,
  kPathInfo,
  kQueryString,
  kRequestUri,
  kServerName,
  kServerPort,
  kServerAddr,
  kServerProtocol,
  kRemoteAddr,
  kRemotePort,
  kRequestScheme,
  kUrlScheme,
  kRequestId,
  kConnectionId,
  kVariableCount,
};

inline constexpr std::array<const char*, kVariableCount> kVariableNames = {
    "REQUEST_METHOD",      "PATH_INFO",
    "QUERY_STRING",        "REQUEST_URI",
    "SERVER_NAME",         "SERVER_PORT",
    "SERVER_ADDR",         "SERVER_PROTOCOL",
    "REMOTE_ADDR",         "REMOTE_PORT",
    "REQUEST_SCHEME",      "wsgi.url_scheme",
    "forkloom.request_id", "forkloom.connection_id"};

// One per request thread, reused. Views point into the exchange or into this object.
class RequestValues {
 public:
  // server_name: what SERVER_NAME is in any case; "" for what the request says. Outlives this.
  explicit RequestValues(std::string_view server_name) : server_name_(server_name) {}
  RequestValues(const RequestValues&) = delete;
  RequestValues& operator=(const RequestValues&) = delete;

  void fill(const app::Exchange& exchange);
  std::string_view operator[](Variable variable) const { return values_[variable]; }
  // Decimal text of the body's size.
  std::string_view content_length() const { return content_length_; }

 private:
  using Digits = std::array<char, 20>;

  // SERVER_NAME and SERVER_PORT (RFC 3875 sections 4.1.14 and 4.1.15): authority, else the address.
  void fill_server(const app::Exchange& exchange);

  std::string_view server_name_;
  std::array<std::string_view, kVariableCount> values_;
  std::string_view content_length_;
  std::string bracketed_;
  Digits server_port_, remote_port_, connection_, length_;
};

}  // namespace forkloom::wsgi
