#pragma once

// What is in force: immutable once read, safe from any thread. Every default stands in the
// directive table (config/directives.h): take Settings from parse() or default_settings()
// (config/parser.h). The initial values of the members below are blanks, not defaults.

#include <cstdint>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/time.h"
#include "config/site.h"

namespace forkloom::config {

struct ListenAddress {
  // Numeric address or name in lower case, without brackets; "" for a UNIX socket. A port alone
  // ("8000") is every IPv4 address: "0.0.0.0".
  std::string host;
  std::uint16_t port = 0;
  std::string unix_path;  // "" for TCP
  // As written in a configuration: "127.0.0.1:8000", "[::1]:8000", "unix:/run/app.sock".
  std::string text() const;
  bool operator==(const ListenAddress&) const = default;
};

// What a target without a callable means, as in mod_wsgi.
inline constexpr const char* kDefaultCallable = "application";

// One mounted WSGI application.
struct Application {
  enum class Kind : std::uint8_t { kScript, kModule };
  Kind kind = Kind::kScript;
  std::string mount_point;  // "" for the root, else "/prefix" without trailing slash
  std::string script_path;  // kScript: absolute path of the file
  std::string module;       // kModule: dotted name
  std::string callable;     // "application", or "factory" of "module:factory()"
  bool is_factory = false;
  std::string text() const;  // the target as a user writes it: "module:factory()"
  bool operator==(const Application&) const = default;
};

struct Settings {
  std::vector<ListenAddress> listen;
  std::uint32_t listen_backlog = 0;
  std::vector<Application> applications;

  Host main;
  std::vector<Host> virtual_hosts;  // in the order of the file

  std::string python;  // interpreter's path, or a virtual environment's folder
  std::vector<std::string> python_path;
  std::string working_directory;  // "": the server's
  std::uint32_t threads = 0;      // request threads per process

  std::uint32_t limit_request_line = 0;
  std::uint32_t limit_request_fields = 0;  // 0: unlimited
  std::uint32_t limit_request_field_size = 0;
  std::uint64_t limit_request_body = 0;  // 0: unlimited
  ReadTimeout header_read_timeout;
  ReadTimeout body_read_timeout;
  seconds timeout{0};  // Timeout: no progress in sending or receiving
  bool keep_alive = true;
  seconds keep_alive_timeout{0};
  std::uint32_t max_keep_alive_requests = 0;  // 0: unlimited
  seconds graceful_timeout{0};                // 0: unlimited, as Apache's GracefulShutdownTimeout

  std::string server_name;    // "": from the request's Host
  std::string server_tokens;  // what the Server field says: "Full", "Prod", ...
  bool pass_authorization = false;
  std::string error_log;  // path, or "-" for standard error
  Level log_level = Level::kWarning;
  std::string access_log;  // path, "-" for standard output, "" for none
  std::string log_format;  // LogFormat string, or the name common, combined, json
  std::string pid_file;    // "" for none

  bool operator==(const Settings&) const = default;
};

}  // namespace forkloom::config
