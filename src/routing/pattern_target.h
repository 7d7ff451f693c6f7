#pragma once

// Targets of the Match forms. Pure, any thread.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/pattern.h"

namespace forkloom::routing {

// What follows the match, which is not empty, in `path`. Where the match is "/" alone it is the
// whole path, as in mod_wsgi.
std::string_view behind_match(std::string_view path, const Pattern::Groups& groups);

// `target` with its groups, parted where the client begins to have a say: the folder that the
// configuration names, and what is below it, with single slashes and none before it.
void expand_target(std::string_view target, const Pattern::Groups& groups, std::string& folder,
                   std::string& below);

bool has_parent_segment(std::string_view path);  // ".."

// How much of `path` is before `path_info` where that ends it; where a pattern changed the end, as
// far as they agree from a slash on.
std::size_t script_name_size(std::string_view path, std::string_view path_info);

}  // namespace forkloom::routing
