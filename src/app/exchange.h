#pragma once

// The seam to a language runtime: what a worker gives a runtime for one request, and how the
// runtime answers. No Python here; a runtime for another language would include the same header.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/time.h"
#include "http/request.h"

namespace forkloom::app {

// Where a connection comes from and where it arrived. Same for all of its requests.
struct Peer {
  std::string_view remote_address;  // "" for a UNIX socket
  std::uint16_t remote_port = 0;
  std::string_view local_address;  // path for a UNIX socket
  std::uint16_t local_port = 0;
  bool is_unix = false;
  bool is_https = false;
  std::uint64_t connection_number = 0;  // unique in this process
};

// A request's body, already received whole.
class Body {
 public:
  virtual ~Body() = default;
  virtual std::uint64_t size() const = 0;
  // The whole body where it is held in memory, nullopt where it was spooled to a file.
  virtual std::optional<std::string_view> in_memory() const = 0;
  // Copies up to into.size() bytes from offset; returns how many, 0 at the end, -1 on a read
  // error. May block on the disk: never call it while holding a lock of the runtime.
  virtual std::int64_t read_at(std::uint64_t offset, std::span<char> into) const = 0;
};

// What the runtime says of its answer before the first byte.
struct ResponseHead {
  int status = 200;
  std::string_view reason;  // "OK"; may be empty
  std::span<const http::Field> fields;
  // Length of the whole body where the runtime knows it and no Content-Length field says it.
  std::optional<std::uint64_t> body_length;
};

enum class Sent : std::uint8_t {
  kTaken,       // sent, or queued to be sent
  kGone,        // the client left or timed out: more output is pointless
  kOverLength,  // went beyond the declared Content-Length: the excess was cut and logged
};

// Whether the caller waits, before it gives more, until a slow client has taken most of what it
// gave before (output is being made), or hands over all that there is (it exists already).
enum class Flow : std::uint8_t { kWait, kHandOver };

// The answer to one request. Used by one thread at a time, never while holding a lock of the
// runtime: each call may send, and with Flow::kWait block.
class Response {
 public:
  virtual ~Response() = default;

  // Head and first blocks in one send. Call once; the framing (Content-Length, chunked, close)
  // is the server's business. Where is_whole, nothing follows but finish().
  virtual Sent start(const ResponseHead& head, std::span<const std::string_view> blocks, Flow flow,
                     bool is_whole) = 0;
  virtual Sent write(std::span<const std::string_view> blocks, Flow flow) = 0;
  // Bytes [offset, offset + length) of a regular file. The descriptor is borrowed for the call.
  virtual Sent write_file(int fd, std::uint64_t offset, std::uint64_t length) = 0;

  // Ends the answer. One of these two is called exactly once, as the last call for this request;
  // the exchange is gone when it returns.
  virtual void finish() = 0;
  // Ends the connection without the end mark, so that the client can tell that the answer is
  // incomplete. Before start() it sends 500 instead.
  virtual void abort() = 0;

  // Instead of start() and all that follows: the server's own answer for that status, an error,
  // with these fields beside its own ones.
  virtual void refuse(int status, std::span<const http::Field> fields) = 0;
  void refuse(int status) { refuse(status, {}); }

  virtual bool is_started() const = 0;
  // Size of the regular file behind the borrowed descriptor, nullopt where it is anything else.
  virtual std::optional<std::uint64_t> regular_file_size(int fd) const = 0;
};

// A further environ entry: SetEnv's, DOCUMENT_ROOT, what mod_wsgi adds.
struct Variable {
  std::string name;
  std::string value;
  bool operator==(const Variable&) const = default;
};

// Which code answers. One object for one code, kept for the life of the process.
struct Target {
  enum class Kind : std::uint8_t { kScript, kModule };
  Kind kind = Kind::kScript;
  std::string script_path;  // kScript: absolute
  std::string module;       // kModule: may be dotted
  std::string callable;     // may be dotted: "app.wsgi_app"
  bool is_factory = false;  // call it once, without arguments, to get the application
  std::size_t number = 0;   // from 0, no two alike
};

// What is the same for all requests to one part of a site. One object for each distinct set of
// settings, kept for the life of the process.
struct Place {
  std::size_t number = 0;             // from 0, no two alike
  std::vector<Variable> variables;    // no two of one name
  bool passes_authorization = false;  // WSGIPassAuthorization, CGIPassAuth
  bool reloads_script = false;        // WSGIScriptReloading
  bool overrides_errors = false;      // WSGIErrorOverride: refuse() where the status is 400 or more
  bool sends_files = false;  // WSGIEnableSendfile: wsgi.file_wrapper goes straight to the kernel
  std::string process_group;
  std::string application_group;
  Log* log = nullptr;  // of the host; never null in use
};

// Who asks and what for, as the application is to see it: after UseCanonicalName and after proxies
// that are trusted.
struct Appearance {
  std::string_view method;          // "GET" where a HEAD is mapped to it
  std::string_view server_name;     // without port; IPv6 in brackets
  std::string_view server_port;     // decimal
  std::string_view remote_address;  // "" for a UNIX socket
  std::string_view remote_port;     // decimal; "" where not known
  std::string_view scheme;          // "http" or "https"
};

struct Exchange {
  const http::Request& request;
  const Peer& peer;
  const Body& body;
  Response& response;
  const Target& target;
  const Place& place;
  const Appearance& appearance;
  std::span<const Variable> variables;  // of this request alone; they override the place's
  std::string_view request_id;          // 16 hexadecimal digits, unique in this process's life
  WallTime request_start;               // head complete
  WallTime queue_start;                 // body complete, waiting for a request thread
  std::string_view script_name;         // "" or "/prefix": decoded, normalised
  std::string_view path_info;           // decoded, normalised path below script_name
};

}  // namespace forkloom::app
