#pragma once

// What the lifecycle thread does to an interpreter before the first and after the last request.

#include <string>

#include "base/log.h"
#include "base/result.h"
#include "python/interpreter.h"
#include "wsgi/options.h"

namespace forkloom::wsgi {

// Signals belong to the server. Replaces signal.signal by a function that changes nothing, returns
// the handler in force and warns once for each place that calls it. Call it before applications
// are loaded, so that nobody has taken the original along. `log` outlives the interpreter.
Result<void> restrict_signals(python::Attached& py, Log& log);

// sys.stdin and sys.stdout become objects that raise OSError when they are used.
Result<void> restrict_stdin(python::Attached& py);
Result<void> restrict_stdout(python::Attached& py);
// Those of the three that the options want.
Result<void> apply_restrictions(python::Attached& py, const Options& options, Log& log);

// WSGIImportScript: runs a script as a module. A target of the same script takes that module.
Result<void> import_script(python::Attached& py, const std::string& path, Log& log);

// What Python does at exit short of taking itself apart: joins threads that are no daemons, runs
// atexit, flushes sys.stdout and sys.stderr. No request thread exists any more. Both the joining
// and what atexit runs may block for ever: the caller guards it by time. Then the process exits
// without Py_Finalize.
void end_interpreter(python::Attached& py, Log& log);

}  // namespace forkloom::wsgi
