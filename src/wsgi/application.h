#pragma once

// Finding an application in the module that a target names.

#include "app/exchange.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/load_failure.h"

namespace forkloom::wsgi {

// The target's callable, or what it makes where it is a factory. The failure says what is wrong for
// whoever reads the log: Python's traceback where the code raised, the callables that are there
// where the named one is missing (missing_status), the type of what is no callable.
Loaded<python::PyRef> find_application(python::Attached& py, const app::Target& target,
                                       const python::PyRef& module, int missing_status);

}  // namespace forkloom::wsgi
