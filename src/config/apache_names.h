#pragma once

// The directives of Apache httpd 2.4, so that one which Forkloom does not have is told apart from a
// misspelt one. Constant data, safe from any thread.

#include <string_view>

namespace forkloom::config {

// The module that a directive or section of httpd comes from ("core", "mod_ssl"), in any letter
// case; "" where httpd has no such name.
std::string_view apache_module_of(std::string_view name);

}  // namespace forkloom::config
