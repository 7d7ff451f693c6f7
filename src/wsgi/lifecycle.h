#pragma once

// What the lifecycle thread does to an interpreter before the first and after the last request.

#include "base/log.h"
#include "base/result.h"
#include "python/interpreter.h"

namespace forkloom::wsgi {

// Signals belong to the server. Replaces signal.signal by a function that changes nothing, returns
// the handler in force and warns once for each place that calls it. Call it before applications
// are loaded, so that nobody has taken the original along. `log` outlives the interpreter.
Result<void> restrict_signals(python::Attached& py, Log& log);

// What Python does at exit short of taking itself apart: joins threads that are no daemons, runs
// atexit, flushes sys.stdout and sys.stderr. No request thread exists any more. Both the joining
// and what atexit runs may block for ever: the caller guards it by time. Then the process exits
// without Py_Finalize.
void end_interpreter(python::Attached& py, Log& log);

}  // namespace forkloom::wsgi
