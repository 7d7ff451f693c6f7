#pragma once

// RequestReadTimeout's arguments, as mod_reqtimeout's documentation describes them:
//   header=INITIAL[-MAXIMUM][,MinRate=BYTES]   body=INITIAL[-MAXIMUM][,MinRate=BYTES]
// Seconds, bytes per second. Pure functions, safe from any thread.

#include <string_view>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// Stores one argument; the stage that it does not name stays as it is.
Checked<void> read_request_timeout(std::string_view argument, Host& host);

}  // namespace forkloom::config
