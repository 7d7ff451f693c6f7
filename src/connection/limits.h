#pragma once

// What a connection is allowed, from the configuration.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/time.h"
#include "http/request_reader.h"

namespace forkloom::connection {

// RequestReadTimeout: `initial` from the first byte, one second more for each `min_rate` bytes
// received, up to `maximum`. initial 0: unlimited; maximum 0: no bound on the extension.
struct ReadTimeout {
  seconds initial{0};
  seconds maximum{0};
  std::uint32_t min_rate = 0;

  bool has_passed(SteadyTime since, std::uint64_t bytes, SteadyTime now) const;
};

struct Limits {
  http::RequestLimits request;
  ReadTimeout header;
  ReadTimeout body;
  seconds timeout{60};  // Timeout: who sends or takes nothing for that long is given up
  bool is_keep_alive = true;
  seconds keep_alive_timeout{5};
  std::uint32_t max_keep_alive_requests = 0;  // 0: unlimited
  std::size_t body_in_memory = 64U << 10;     // bytes; a larger body goes to a temporary file
  std::string spool_folder;                   // where that file is made
  std::string server_field;                   // value of the Server field, "" for none
};

}  // namespace forkloom::connection
