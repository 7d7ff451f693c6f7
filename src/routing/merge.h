#pragma once

// What is in force where one part of a configuration surrounds another. Pure, any thread.

#include "config/site.h"

namespace forkloom::routing {

// `inner` counts wherever it says something. Lists that apply one after the other (environment,
// headers) keep the outer first; of the redirects the inner ones are tried first.
config::PathSettings merged(const config::PathSettings& outer, const config::PathSettings& inner);

// A virtual host with what it takes from the main server. Its aliases, mappings and redirects are
// consulted before the main server's; sections apply after those of the main server.
config::Host inherited(const config::Host& main, const config::Host& virtual_host);

}  // namespace forkloom::routing
