#pragma once

// The options of WSGIDaemonProcess, checked. Pure functions, safe from any thread.

#include <span>
#include <string>

#include "config/fault.h"

namespace forkloom::config {

// NAME OPTION=VALUE...
Checked<void> check_daemon_process(std::span<const std::string> arguments);

}  // namespace forkloom::config
