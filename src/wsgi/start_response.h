#pragma once

// The start_response callable of one request and the write callable that it returns (PEP 3333).
// Both are called with vectorcall and hold no more than the way to the request's Answer. An
// application may keep them beyond the request: they are cut off then and raise.

#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/answer.h"

namespace forkloom::wsgi {

Result<python::PyRef> make_start_response_type(python::Attached& py);
Result<python::PyRef> make_write_type(python::Attached& py);

// Both objects of a request thread. Made, used and dropped on it, attached.
class StartResponse {
 public:
  // The types are borrowed for the whole life.
  StartResponse(PyObject* type, PyObject* write_type) : type_(type), write_type_(write_type) {}

  // Ready for the request of `answer`, which outlives end(). Borrowed; null with an exception set.
  PyObject* begin(python::Attached& py, Answer& answer);
  // Cuts off what the application has kept.
  void end(python::Attached& py);
  // At the end of the thread, after end().
  void drop(python::Attached& py);

 private:
  PyObject* type_;
  PyObject* write_type_;
  python::PyRef start_response_;
  python::PyRef write_;
};

}  // namespace forkloom::wsgi
