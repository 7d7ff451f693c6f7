#pragma once

// Mappings that no request can reach. Pure, any thread.

#include <vector>

#include "config/site.h"

namespace forkloom::routing {

struct Shadow {
  const config::Mapping* hidden = nullptr;  // of the host given
  const config::Mapping* by = nullptr;      // the first that takes all of its paths
};

// Plain prefixes only: what a pattern takes is not compared.
std::vector<Shadow> shadowed(const config::Host& host);

}  // namespace forkloom::routing
