#pragma once

// One HTTP/1.x request head, parsed. Owned by one connection and reused for each of its requests,
// so that a request costs no allocation once the buffers have grown.

#include <cstdint>
#include <string_view>
#include <vector>

namespace forkloom::http {

struct Field {
  std::string_view name;   // as received, letter case kept
  std::string_view value;  // without surrounding white space
  // boost::beast::http::field as a number; 0 where the name is not a well-known one.
  std::uint16_t known = 0;
};

enum class Framing : std::uint8_t { kNone, kLength, kChunked };

// All views point into `head`, which never moves while they are in use: not copyable, not movable.
struct Request {
  Request() = default;
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  // The bytes from the method to the empty line, inclusive. HTTP/1.2 to 1.9 reads HTTP/1.1 here.
  std::vector<char> head;

  std::string_view method;
  std::string_view target;  // as received
  std::string_view path;    // of the target, still percent-encoded; "*" for OPTIONS *
  std::string_view query;   // without the "?"
  // absolute-form's, which then is Host's value in `fields` too (RFC 9112 section 3.2.2), else
  // Host's; empty in HTTP/1.0 without Host.
  std::string_view authority;
  std::vector<Field> fields;         // in the order received
  std::uint64_t content_length = 0;  // where framing is kLength
  Framing framing = Framing::kNone;
  std::uint8_t minor_version = 1;  // HTTP/1.<minor_version>
  bool is_keep_alive = false;      // what the client asks for
  bool expects_continue = false;   // and there is a body to wait for

  // First field of that name in any letter case, or nullptr.
  const Field* find(std::string_view name) const;
};

}  // namespace forkloom::http
