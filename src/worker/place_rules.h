#pragma once

// What a worker makes of the settings of one place (routing/route.h), once: what an application
// sees of it, how its files are served, whom it trusts. Immutable once made, safe from any thread.

#include <optional>

#include "app/exchange.h"
#include "base/log.h"
#include "config/site.h"
#include "files/media_types.h"
#include "files/policy.h"
#include "routing/route.h"
#include "routing/trusted_proxies.h"

namespace forkloom::worker {

struct PlaceRules {
  // All of it outlives the rules. pass_authorization: of an alias's own, instead of the place's.
  PlaceRules(const routing::Place& from, const config::Host& of, const files::MediaTypes& types,
             Log& log, std::optional<bool> pass_authorization);

  const config::PathSettings& settings;
  const config::Host& host;
  app::Place place;
  files::Policy files;
  std::optional<routing::TrustedProxies> proxies;  // nullopt: no field is looked at
  bool has_conditions = false;                     // variables depend on the request

  const config::ErrorDocument* error_document(int status) const;
};

}  // namespace forkloom::worker
