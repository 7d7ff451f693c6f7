#pragma once

// File paths of a host in their normal form. Looks at the file system; any thread.

#include "config/site.h"

namespace forkloom::routing {

// Resolves "." and ".." and repeated slashes in the document root, in the targets of mappings and
// in <Directory>, so that comparing their letters tells whether one is within the other. A slash at
// the end of a target stays, for it has a meaning; a script's target that is a folder gets one.
void tidy_file_paths(config::Host& host);

}  // namespace forkloom::routing
