#pragma once

// wsgi.input (PEP 3333 "Input and Error Streams"): the request's body as a file-like object that
// reads as io.BytesIO does. An application may keep it beyond the request: it raises ValueError
// then, as a closed file.

#include "app/exchange.h"
#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

Result<python::PyRef> make_input_type(python::Attached& py);

// The wsgi.input of a request thread. Made, used and dropped on it, attached.
class Input {
 public:
  explicit Input(PyObject* type) : type_(type) {}  // borrowed for the whole life

  // The object for a request with this body, which lives until end(). Borrowed; null with an
  // exception set.
  PyObject* begin(python::Attached& py, const app::Body& body);
  // Cuts it off from the body. Waits, detached, for another thread's read from the disk.
  void end(python::Attached& py);
  // At the end of the thread, after end().
  void drop(python::Attached& py);

 private:
  PyObject* type_;
  python::PyRef object_;
};

}  // namespace forkloom::wsgi
