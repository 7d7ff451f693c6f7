#pragma once

// Redirect and RedirectMatch. Pure, any thread.

#include <span>
#include <string_view>

#include "config/site.h"
#include "routing/route.h"

namespace forkloom::routing {

// The first that fits fills `into`: kRedirect where its status has a Location, else kRefused with
// that status. false, and nothing filled, where none fits. `path` is decoded; it and what a pattern
// took from it are escaped in the Location. `query` ("" for none) follows unless the target has
// one.
bool redirect(std::span<const config::Redirect> redirects, std::string_view path,
              std::string_view query, Route& into);

}  // namespace forkloom::routing
