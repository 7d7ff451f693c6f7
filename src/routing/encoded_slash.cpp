#include "routing/encoded_slash.h"

#include <cstddef>

#include "http/path.h"

namespace forkloom::routing {
namespace {

// Where the next one begins; npos where there is none.
std::size_t find_encoded_slash(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("%2", from); at != std::string_view::npos;
       at = text.find("%2", at + 1)) {
    if (at + 2 < text.size() && (text[at + 2] == 'F' || text[at + 2] == 'f')) return at;
  }
  return std::string_view::npos;
}

}  // namespace

bool has_encoded_slash(std::string_view encoded_path) {
  return find_encoded_slash(encoded_path, 0) != std::string_view::npos;
}

bool decode_keeping_slashes(std::string_view encoded_path, std::string& decoded) {
  std::string guarded;
  std::size_t at = 0;
  for (;;) {
    const std::size_t slash = find_encoded_slash(encoded_path, at);
    guarded.append(encoded_path, at, slash - at);
    if (slash == std::string_view::npos) break;
    guarded += "%25";  // decodes to the percent sign of what is to stay
    at = slash + 1;
  }
  return http::decode_path(guarded, decoded);
}

}  // namespace forkloom::routing
