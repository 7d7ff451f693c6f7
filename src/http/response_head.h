#pragma once

// The head of an HTTP/1.1 response and how its body is delimited (RFC 9112 section 6). No
// descriptor, no clock.

#include <cstdint>
#include <ctime>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/request.h"

namespace forkloom::http {

enum class BodyFraming : std::uint8_t {
  kNone,        // no body may follow: HEAD, 1xx, 204, 304
  kLength,      // Content-Length
  kChunked,     // HTTP/1.1, length not known
  kUntilClose,  // HTTP/1.0, length not known
};

struct ResponseStart {
  int status = 200;
  std::string_view reason;  // "": the usual phrase of the status
  std::span<const Field> fields;
  // Length of the body where known and not said by a Content-Length field.
  std::optional<std::uint64_t> body_length;
};

struct ResponsePlan {
  BodyFraming framing = BodyFraming::kNone;
  std::uint64_t length = 0;            // kLength: bytes that will follow
  bool is_keep_alive = false;          // whether the connection may serve another request
  bool writes_content_length = false;  // whether append_head adds the field
  std::uint64_t content_length = 0;    // its value; for HEAD the length a GET would have
};

// `request` is nullptr where no head could be read; such an answer ends the connection.
// may_keep_alive: the server's own wish (KeepAlive, MaxKeepAliveRequests, stopping).
ResponsePlan plan_response(const Request* request, const ResponseStart& start, bool may_keep_alive);

// Appends status line, fields, and what they lack: Date, Server, Connection, Content-Length or
// Transfer-Encoding, and the empty line. `date` is an IMF-fixdate; `server` "" for no field.
void append_head(const Request* request, const ResponseStart& start, const ResponsePlan& plan,
                 std::string_view date, std::string_view server, std::string& out);

// "<hexadecimal size>\r\n", the line before a chunk's bytes.
void append_chunk_size(std::uint64_t size, std::string& out);

// "Tue, 24 Nov 2026 10:15:02 GMT" (RFC 9110 section 5.6.7).
std::string format_date(std::time_t time);

// The usual phrase of a status ("Not Found"), "Unknown" for one that has none.
std::string_view reason_phrase(int status);

}  // namespace forkloom::http
