#pragma once

// The users and groups that the system knows.

#include <string>

#include "base/result.h"

namespace forkloom::os {

// By name.
Result<bool> has_user(const std::string& name);
Result<bool> has_group(const std::string& name);

}  // namespace forkloom::os
