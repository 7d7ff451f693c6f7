#pragma once

// One request on a connection and its answer. A connection has one, reused for each request: the
// network thread fills it, one request thread answers it, and the network thread does not touch
// it in between.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "app/exchange.h"
#include "base/log.h"
#include "base/time.h"
#include "connection/request_body.h"
#include "connection/response.h"
#include "http/request.h"

namespace forkloom::connection {

// What a handler keeps with an exchange.
class Attachment {
 public:
  virtual ~Attachment() = default;
};

struct Exchange {
  Exchange(ResponseOwner& owner, Outbox& outbox, std::string_view server_field, Log& log)
      : response(owner, outbox, server_field, log) {}

  http::Request request;
  RequestBody body;
  Response response;
  app::Peer peer;

  std::array<char, 16> id{};  // hexadecimal digits
  std::string path;           // decoded and normalised
  WallTime head_start;        // first byte
  WallTime head_complete;
  WallTime body_complete;
  SteadyTime start;  // first byte
  std::uint64_t bytes_received = 0;
  std::uint32_t number = 0;  // requests that came before it on this connection
  bool is_readable = false;  // whether `request` holds a parsed head

  // Free for the handler, which makes it once and reuses it for each request.
  std::unique_ptr<Attachment> attachment;

  std::string_view request_id() const { return {id.data(), id.size()}; }
};

}  // namespace forkloom::connection
