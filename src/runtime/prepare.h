#pragma once

#include "base/result.h"
#include "config/settings.h"
#include "python/interpreter.h"

namespace forkloom::runtime {

// WSGIPythonPath's folders first on sys.path (then what their .pth files add), sys.argv the first
// application, the working directory, the switch interval. Everything else stays as the interpreter
// has it.
Result<void> prepare_interpreter(python::Attached& py, const config::Settings& settings);

}  // namespace forkloom::runtime
