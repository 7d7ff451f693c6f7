#pragma once

// wsgi.errors (PEP 3333 "Input and Error Streams"): a text stream whose lines go to the error log,
// each with the id of its request. A reference that an application keeps beyond the request goes on
// working; its lines then belong to no request.

#include <string_view>

#include "base/log.h"
#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

Result<python::PyRef> make_error_stream_type(python::Attached& py);

// The wsgi.errors of a request thread. Made, used and dropped on it, attached.
class ErrorStream {
 public:
  explicit ErrorStream(PyObject* type) : type_(type) {}  // borrowed for the whole life

  // Borrowed; null with an exception set. Copies the id; the log outlives every object.
  PyObject* begin(python::Attached& py, std::string_view request_id, Log& log);
  // Logs a rest without line feed, detached, and takes the id away.
  void end(python::Attached& py);
  // At the end of the thread, after end().
  void drop(python::Attached& py);

 private:
  PyObject* type_;
  python::PyRef object_;
};

}  // namespace forkloom::wsgi
