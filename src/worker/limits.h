#pragma once

#include "config/settings.h"
#include "connection/limits.h"

namespace forkloom::worker {

// What the connections of a host's address are allowed. `host` is merged with the main server.
connection::Limits connection_limits(const config::Settings& settings, const config::Host& host);

}  // namespace forkloom::worker
