#pragma once

// From a URL path to what stands behind it: Alias, WSGIScriptAlias, ForkloomApplication and the
// document root. Reads the file system where a mapping is a folder of scripts.

#include <string_view>

#include "config/site.h"
#include "routing/route.h"

namespace forkloom::routing {

// Fills kind, mapping, script_name_size and what belongs to the kind. kRefused with 404 where
// nothing is behind the path. The strings of `into` are empty. `path` is decoded and normalised.
void map_path(const config::Host& host, std::string_view path, Route& into);

}  // namespace forkloom::routing
