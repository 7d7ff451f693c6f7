#pragma once

// What is mounted where: the arguments of WSGIScriptAlias and ForkloomApplication. Nothing here
// looks for the file or the module. Pure functions, safe from any thread.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"
#include "config/settings.h"

namespace forkloom::config {

// WSGIScriptAlias: /mount /path/script.wsgi [callable-object=NAME]. NAME may end with "()", which
// makes it a factory; mod_wsgi has no such form.
Checked<Application> read_script_application(std::span<const std::string> arguments);
// ForkloomApplication: /mount module[:callable|:factory()].
Checked<Application> read_module_application(std::span<const std::string> arguments);

// The arguments that read back as `application`.
std::vector<std::string> arguments_of(const Application& application);

}  // namespace forkloom::config
