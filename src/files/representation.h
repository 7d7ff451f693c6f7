#pragma once

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "files/conditions.h"
#include "files/content_type.h"
#include "files/find.h"
#include "files/policy.h"
#include "http/request.h"

namespace forkloom::files {

// What would be sent for a GET without conditions.
struct Representation {
  Found file;
  Content content;
  Validators validators;
  bool varies = false;  // by Accept-Encoding

  std::uint64_t size() const { return file.facts.size; }
};

// `original` is the file of root and relative (find.h); where the client would rather have a
// compressed sibling, it is closed.
Result<Representation> represent(const http::Request& request, Found&& original,
                                 const std::string& root, std::string_view relative,
                                 const Policy& policy, WallTime now);

// As dates in fields say it.
std::time_t whole_seconds(WallTime time);

}  // namespace forkloom::files
