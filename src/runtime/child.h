#pragma once

// The whole life of a process that runs applications, from the start line that the parent gave
// the interpreter to its end.

#include "python/interpreter.h"

namespace forkloom::runtime {

// Main thread, attached to the main interpreter. Reads what the parent left in `inheritance_fd`,
// loads the applications, serves until told to stop, runs Python's exit hooks. Returns the
// process's exit status; the caller ends the process without Py_Finalize (request threads may
// still run, and would not survive it).
int run_child(python::Attached& py, int inheritance_fd);

}  // namespace forkloom::runtime
