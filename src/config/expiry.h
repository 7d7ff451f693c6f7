#pragma once

// How long answers keep (mod_expires), and what ETags are made of (FileETag). Pure functions, safe
// from any thread.

#include <span>
#include <string>
#include <string_view>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// "access plus 1 month 3 days", "modification plus 2 hours", "now", "A3600", "M86400".
Checked<Expiry> read_expiry(std::string_view text);

// FileETag: "INode", "MTime", "Size", "Digest", "All", "None", each also with + or -.
Checked<ETagParts> read_etag_parts(std::span<const std::string> arguments);

}  // namespace forkloom::config
