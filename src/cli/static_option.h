#pragma once

// --static /URL=PATH.

#include <filesystem>
#include <string>
#include <string_view>

#include "config/fault.h"

namespace forkloom::cli {

struct StaticFiles {
  std::string url;   // without a slash at its end
  std::string path;  // absolute
};

// A relative path is seen from `folder`. Refuses a URL that would leave the application at `mount`
// no request.
config::Checked<StaticFiles> read_static_option(std::string_view text,
                                                const std::filesystem::path& folder,
                                                std::string_view mount);

}  // namespace forkloom::cli
