#pragma once

// What one interpreter needs of ours: the types. No static PyObject anywhere, so that each
// interpreter has its own. Made and dropped attached to that interpreter.

#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

struct InterpreterState {
  python::PyRef start_response;
  python::PyRef write;
  python::PyRef input;
  python::PyRef error_stream;
  python::PyRef file_wrapper;

  static Result<InterpreterState> make(python::Attached& py);
};

}  // namespace forkloom::wsgi
