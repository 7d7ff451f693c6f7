#include "routing/shadowing.h"

#include "routing/prefix.h"

namespace forkloom::routing {

std::vector<Shadow> shadowed(const config::Host& host) {
  std::vector<Shadow> shadows;
  for (const config::Mapping& hidden : host.mappings) {
    if (hidden.pattern) continue;
    for (const config::Mapping& earlier : host.mappings) {
      if (&earlier == &hidden) break;
      if (earlier.pattern || !fits(earlier.url, hidden.url)) continue;
      shadows.push_back({.hidden = &hidden, .by = &earlier});
      break;
    }
  }
  return shadows;
}

}  // namespace forkloom::routing
