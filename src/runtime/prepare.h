#pragma once

#include "base/result.h"
#include "config/settings.h"
#include "python/interpreter.h"

namespace forkloom::runtime {

// Makes the interpreter what a script of the application's own would find: sys.path[0] the
// application's folder, WSGIPythonPath's folders after it (with their .pth files), sys.argv the
// target, the working directory. Everything else stays as the interpreter has it.
Result<void> prepare_interpreter(python::Attached& py, const config::Settings& settings);

}  // namespace forkloom::runtime
