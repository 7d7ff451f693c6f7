#pragma once

// The parent process of `forkloom serve`. It never loads Python.

#include <string>

#include "config/settings.h"

namespace forkloom::supervisor {

// Runs the server until it is told to stop; returns the process's exit status, 0 where every child
// ended by itself in time. settings_text is the same configuration as text: children read it again.
// Messages about a start that failed go to standard error, the announcement to standard output.
int run_server(const config::Settings& settings, const std::string& settings_text);

}  // namespace forkloom::supervisor
