#pragma once

// Apache's LogFormat language: a format string compiled once into a list of fields, and a line
// written from the record of one finished request. Source: mod_log_config's documentation.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "http/request.h"

namespace forkloom::accesslog {

// One finished request. Views live only as long as the call that takes them.
struct Record {
  const http::Request* request = nullptr;  // nullptr where no head could be read (400, 408)
  std::string_view request_line;           // as received, "" or cut short where unreadable
  std::string_view remote_address;         // "" for a UNIX socket
  std::uint16_t remote_port = 0;
  std::string_view local_address;
  std::uint16_t local_port = 0;
  std::string_view server_name;
  std::string_view request_id;
  int status = 0;
  std::uint64_t body_bytes_sent = 0;    // without head and chunk framing: %b %B
  std::uint64_t bytes_sent = 0;         // all of it: %O
  std::uint64_t bytes_received = 0;     // head and body as on the wire: %I
  WallTime start;                       // first byte of the head
  microseconds duration{0};             // to the last byte given to the kernel: %D %T
  std::uint32_t keep_alive_number = 0;  // 0 for the connection's first request: %k
  bool is_keep_alive = false;           // connection stays open after it: %X
  bool is_complete = false;             // false where it was cut short: %X
  std::string_view response_head;       // as sent, status line included: %{Name}o
  long process = 0;
  std::uint64_t thread = 0;
};

class Format {
 public:
  // `text` is a format string, or one of the names common, combined, vhost_common,
  // vhost_combined, referer, agent and json (accesslog/json_line.h). An Error names the position
  // and the directive that is not known. %{VAR}e is the environment at the time of this call.
  static Result<Format> compile(std::string_view text);

  Format(Format&&) noexcept;
  Format& operator=(Format&&) noexcept;
  ~Format();

  // Appends one line, with its line feed. Safe from many threads at once.
  void append(const Record& record, std::string& out) const;

 private:
  struct Fields;
  explicit Format(std::unique_ptr<const Fields> fields);
  std::unique_ptr<const Fields> fields_;
};

}  // namespace forkloom::accesslog
