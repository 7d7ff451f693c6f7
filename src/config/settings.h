#pragma once

// What is in force: immutable once read, safe from any thread. Every default stands in the
// directive table (config/directives.h): take Settings from the parser (config/parser.h). The
// initial values of the members below are blanks, not defaults.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/time.h"
#include "config/site.h"

namespace forkloom::config {

struct ListenAddress {
  // Numeric address or name in lower case, without brackets; "*" for every address, IPv4 and IPv6,
  // which a port alone ("8000") means; "" for a UNIX socket.
  std::string host;
  std::uint16_t port = 0;
  std::string unix_path;  // "" for TCP
  // As written in a configuration: "127.0.0.1:8000", "[::1]:8000", "unix:/run/app.sock".
  std::string text() const;
  bool operator==(const ListenAddress&) const = default;
};

// How processes and threads take requests: httpd's multi-processing modules.
enum class Model : std::uint8_t { kPrefork, kWorker, kWinnt };
std::string_view model_name(Model model);  // "prefork"

// WSGIImportScript: code that runs when a process starts.
struct ImportScript {
  std::string path;
  std::string process_group;      // "" for the server's own processes
  std::string application_group;  // "" for the main interpreter
  Origin origin;
  bool operator==(const ImportScript&) const = default;
};

// What the configuration asks for and this version cannot do.
struct Unbuilt {
  Origin origin;
  std::string source;
  std::string directive;
  std::string what;  // "daemon process groups"
  bool operator==(const Unbuilt&) const = default;
};

struct Settings {
  std::string server_root;  // absolute
  std::vector<ListenAddress> listen;
  std::uint32_t listen_backlog = 0;
  std::string pid_file;  // "" for none
  std::string user;      // "" to stay who the server is; "#123" by number
  std::string group;
  std::string runtime_folder;   // DefaultRuntimeDir
  std::string types_file;       // TypesConfig: "" for the types that are built in
  std::string server_tokens;    // what the Server field says: "Full", "Prod", ...
  seconds graceful_timeout{0};  // 0: unlimited

  Model model = Model::kWinnt;
  std::uint32_t threads = 0;  // request threads per process

  // Python.
  std::string python;  // interpreter's path, or a virtual environment's folder
  std::vector<std::string> python_path;
  std::string python_eggs;            // "" for none
  std::uint32_t python_optimize = 0;  // as many -O
  std::vector<std::string> python_warnings;
  std::optional<std::uint32_t> python_hash_seed;  // nullopt: random
  bool writes_bytecode = true;
  std::optional<std::uint32_t> switch_interval;  // microseconds
  bool destroys_interpreter = true;
  bool restricts_stdin = false;
  bool restricts_stdout = false;
  bool restricts_signal = true;
  std::string working_directory;  // "": the server's
  std::vector<ImportScript> import_scripts;
  bool restricts_embedded = false;     // WSGIRestrictEmbedded
  bool requires_applications = false;  // ForkloomRequireApplications

  Host main;
  std::vector<Host> virtual_hosts;  // in the order of the file

  std::vector<Unbuilt> unbuilt;

  bool operator==(const Settings&) const = default;
};

// Whether any process has to run Python.
bool runs_applications(const Settings& settings);
// What of the configuration runs it, for people to read: "/srv/app.wsgi at /shop".
std::vector<std::string> application_names(const Settings& settings);

}  // namespace forkloom::config
