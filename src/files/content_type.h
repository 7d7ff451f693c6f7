#pragma once

#include <string>
#include <string_view>

#include "files/policy.h"

namespace forkloom::files {

struct Content {
  std::string type;      // with its charset; "" where the name does not tell
  std::string encoding;  // "" for none
};

// What a file's name says of its content. The last extension is the type; extensions of AddEncoding
// and AddCharset may follow it ("page.html.utf8.gz"). Pure.
Content content_of(std::string_view path, const Policy& policy);

}  // namespace forkloom::files
