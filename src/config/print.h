#pragma once

#include <string>
#include <string_view>

#include "config/parser.h"

namespace forkloom::config {

// What is in force, as a file that reads back to the same settings wherever it stands: defaults,
// then every statement that counts, each under a comment that says where it comes from. Variables
// are replaced, inclusions and conditions resolved. Safe from any thread.
std::string print(const Configuration& configuration);

}  // namespace forkloom::config
