#pragma once

// Asks an interpreter what it is, by running it.

#include <string>

#include "base/result.h"

namespace forkloom::supervisor {

struct Interpreter {
  // sys.executable: what to execute. A virtual environment's own bin/python, never resolved through
  // its links; for a launcher script (pyenv's) the interpreter that it chose.
  std::string executable;
  std::string version;           // "3.11.7"
  std::string extension_suffix;  // EXT_SUFFIX: ".cpython-311-x86_64-linux-gnu.so"
  bool is_free_threaded = false;
};

// path: see choose_interpreter(). Blocks for as long as that Python takes to start (at most 30 s).
// An Error where it is none, or none that Forkloom has runtime modules for (CPython 3.10 to 3.14).
Result<Interpreter> probe_interpreter(const std::string& path);

}  // namespace forkloom::supervisor
