#pragma once

// Configuration text to Settings. Pure functions, safe from any thread; each process reads its
// own copy of the text.

#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "config/diagnostic.h"
#include "config/settings.h"

namespace forkloom::config {

// Either what is in force or every error of the text, in the order of its lines. `file` names the
// text in the errors; it is not opened.
//
// Of a directive that is not repeatable, the last statement wins, as in Apache. A repeatable one
// takes the place of its default, and claims an address or a mount point once.
tl::expected<Settings, std::vector<Diagnostic>> parse(std::string_view text, std::string_view file);

// What is in force where nothing is configured.
Settings default_settings();

}  // namespace forkloom::config
