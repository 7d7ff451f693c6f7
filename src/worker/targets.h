#pragma once

// The applications of the settings as the runtime knows them.

#include <vector>

#include "app/exchange.h"
#include "base/log.h"
#include "config/settings.h"

namespace forkloom::worker {

// In the order of settings.applications; their numbers are their places in it.
std::vector<app::Target> make_targets(const config::Settings& settings);
// Where all of them are.
app::Place make_place(const config::Settings& settings, Log& log);

}  // namespace forkloom::worker
