#pragma once

#include "config/settings.h"
#include "connection/limits.h"

namespace forkloom::worker {

// The settings that a connection needs.
connection::Limits connection_limits(const config::Settings& settings);

}  // namespace forkloom::worker
