#pragma once

// The environ's values that the request line and the connection give. No Python: found before the
// request thread attaches.

#include <array>
#include <cstddef>
#include <string_view>

#include "app/exchange.h"

namespace forkloom::wsgi {

enum Variable : std::size_t {
  kRequestMethod,
  kScriptName,
  kPathInfo,
  kQueryString,
  kRequestUri,
  kServerName,
  kServerPort,
  kServerAddr,
  kListenerPort,
  kServerProtocol,
  kRemoteAddr,
  kRemotePort,
  kScheme,
  kRequestId,
  kConnectionId,
  kVariableCount,
};

// One value may stand under two keys: mod_wsgi's users read its names.
struct VariableName {
  const char* name;
  std::string_view alias = {};
};

inline constexpr std::array<VariableName, kVariableCount> kVariableNames = {{
    {"REQUEST_METHOD"},
    {"SCRIPT_NAME", "mod_wsgi.script_name"},
    {"PATH_INFO", "mod_wsgi.path_info"},
    {"QUERY_STRING"},
    {"REQUEST_URI"},
    {"SERVER_NAME"},
    {"SERVER_PORT"},
    {"SERVER_ADDR", "mod_wsgi.listener_host"},
    {"mod_wsgi.listener_port"},
    {"SERVER_PROTOCOL"},
    {"REMOTE_ADDR"},
    {"REMOTE_PORT"},
    {"REQUEST_SCHEME", "wsgi.url_scheme"},
    {"forkloom.request_id", "mod_wsgi.request_id"},
    {"forkloom.connection_id", "mod_wsgi.connection_id"},
}};

// One per request thread, reused. Views point into the exchange or into this object.
class RequestValues {
 public:
  RequestValues() = default;
  RequestValues(const RequestValues&) = delete;
  RequestValues& operator=(const RequestValues&) = delete;

  void fill(const app::Exchange& exchange);
  std::string_view operator[](Variable variable) const { return values_[variable]; }
  // Decimal text of the body's size.
  std::string_view content_length() const { return content_length_; }

 private:
  using Digits = std::array<char, 20>;

  std::array<std::string_view, kVariableCount> values_;
  std::string_view content_length_;
  Digits listener_port_, connection_, length_;
};

}  // namespace forkloom::wsgi
