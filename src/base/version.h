#pragma once

#include <string_view>

namespace forkloom {

// "major.minor.patch", as the root CMakeLists.txt states it.
inline constexpr std::string_view kVersion = FORKLOOM_VERSION;

}  // namespace forkloom
