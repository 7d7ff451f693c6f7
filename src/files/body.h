#pragma once

// Sending parts of a file, without ever waiting for the client.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/exchange.h"
#include "base/result.h"
#include "files/byte_ranges.h"

namespace forkloom::files {

// Text, then bytes of the file. Either may be empty.
struct BodyPart {
  std::string text;
  ByteRange range;
};

struct Body {
  int fd = -1;  // borrowed
  bool uses_sendfile = true;
  std::vector<BodyPart> parts;

  std::uint64_t length() const;
};

// Sends all of the answer and ends it. `head` has no body length yet. has_body: false for HEAD.
// Where the file cannot be read the answer is 500, or cut; the Error says why.
Result<void> send_body(app::ResponseHead head, const Body& body, bool has_body,
                       app::Response& response);

}  // namespace forkloom::files
