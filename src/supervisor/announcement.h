#pragma once

#include <string>
#include <vector>

#include "config/settings.h"
#include "handoff/channel.h"
#include "handoff/inheritance.h"

namespace forkloom::supervisor {

// What the parent prints when the server is ready: where it listens, what it runs and on what. With
// a line feed at its end.
std::string announcement(const config::Settings& settings,
                         const std::vector<handoff::Inheritance::Listener>& listeners,
                         const handoff::Ready& ready, int pid);

}  // namespace forkloom::supervisor
