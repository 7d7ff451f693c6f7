#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace forkloom::os {

// The paths that match a pattern of glob(3), `* ? [ ]` in any of its segments, sorted by byte. A
// name that begins with "." is matched only by a pattern that does. Fails where a folder that may
// hold matches cannot be read.
Result<std::vector<std::string>> matching_paths(const std::string& pattern);

}  // namespace forkloom::os
