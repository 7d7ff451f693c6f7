#pragma once

// Which known name a misspelt one probably means. Pure functions, safe from any thread.

#include <cstddef>
#include <string_view>

namespace forkloom::config {

// How many letters have to be inserted, removed, replaced or swapped with their neighbour to make
// one text of the other, letter case ignored (Damerau and Levenshtein's distance, each letter
// edited once).
std::size_t edit_distance(std::string_view one, std::string_view other);

// The directive with the nearest name, or "" where none is near enough to be meant.
std::string_view nearest_directive(std::string_view name);

}  // namespace forkloom::config
