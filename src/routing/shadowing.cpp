#include "routing/shadowing.h"

#include "routing/prefix.h"

namespace forkloom::routing {

std::vector<Shadow> shadowed(const config::Host& host) {
  std::vector<Shadow> shadows;
  for (const config::Mapping& hidden : host.mappings) {
    if (hidden.pattern) continue;
    const bool is_folder = hidden.kind == config::Mapping::Kind::kFolder;
    bool is_later = false;
    for (const config::Mapping& earlier : host.mappings) {
      is_later = is_later || &earlier == &hidden;
      // Folders come before applications wherever they stand; of one kind, order decides.
      const bool is_of_folder = earlier.kind == config::Mapping::Kind::kFolder;
      const bool comes_before = is_of_folder == is_folder ? !is_later : is_of_folder;
      if (!comes_before || earlier.pattern || !fits(earlier.url, hidden.url)) continue;
      shadows.push_back({.hidden = &hidden, .by = &earlier});
      break;
    }
  }
  return shadows;
}

}  // namespace forkloom::routing
