#pragma once

// Files that hold another one compressed: "name.br", "name.zst", "name.gz" beside "name".

#include <optional>
#include <string>
#include <string_view>

#include "files/accept_encoding.h"
#include "files/find.h"
#include "files/policy.h"
#include "http/request.h"

namespace forkloom::files {

struct Sibling {
  bool has_any = false;          // the answer depends on Accept-Encoding
  std::optional<Coding> coding;  // what is to be sent instead of the original, if anything
  Found file;                    // where there is a coding
};

// The sibling that the client likes best; of several alike, the first of br, zst and gz. One that
// is older than the original does not count. `original` is the file of root and relative (find.h).
Sibling choose_sibling(const http::Request& request, const os::FileFacts& original,
                       const std::string& root, std::string_view relative, Links links);

}  // namespace forkloom::files
