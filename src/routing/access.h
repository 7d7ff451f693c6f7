#pragma once

// Require: who may. Pure, any thread.

#include <string_view>
#include <vector>

#include "config/site.h"

namespace forkloom::routing {

// Any of them grants; none at all grants too. `remote_address` is numeric, "" for a UNIX socket,
// which is local.
bool is_granted(const std::vector<config::Requirement>& require, std::string_view remote_address);

}  // namespace forkloom::routing
