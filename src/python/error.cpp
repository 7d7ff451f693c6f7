#include "python/error.h"

#include <utility>

#include "python/text.h"

namespace forkloom::python {
namespace {

// "\n".join of traceback.format_exception's pieces, or null with an exception set.
PyRef formatted(PyObject* exception) {
  PyRef module = PyRef::steal(PyImport_ImportModule("traceback"));
  if (!module) return {};
  PyRef trace = PyRef::steal(PyException_GetTraceback(exception));
  PyRef pieces =
      PyRef::steal(PyObject_CallMethod(module.get(), "format_exception", "OOO", Py_TYPE(exception),
                                       exception, trace ? trace.get() : Py_None));
  if (!pieces) return {};
  PyRef nothing = PyRef::steal(PyUnicode_New(0, 127));
  if (!nothing) return {};
  return PyRef::steal(PyUnicode_Join(nothing.get(), pieces.get()));
}

bool is_import_frame(Attached& py, PyObject* trace) {
  const PyRef frame = PyRef::steal(PyObject_GetAttrString(trace, "tb_frame"));
  if (!frame) return false;
  const PyRef code = PyRef::steal(PyObject_GetAttrString(frame.get(), "f_code"));
  if (!code) return false;
  const PyRef file = PyRef::steal(PyObject_GetAttrString(code.get(), "co_filename"));
  if (!file) return false;
  const std::string name = str_of(py, file.get());
  return name.starts_with("<frozen importlib") || name.ends_with("/importlib/__init__.py");
}

// The traceback without its leading frames of the import machinery; Python's None at its end.
PyRef first_own_frame(Attached& py, PyRef trace) {
  while (trace && trace.get() != Py_None && is_import_frame(py, trace.get())) {
    trace = PyRef::steal(PyObject_GetAttrString(trace.get(), "tb_next"));
  }
  return trace;
}

void drop_import_frames(Attached& py, const PyRef& exception) {
  PyRef trace = first_own_frame(py, PyRef::steal(PyException_GetTraceback(exception.get())));
  // Nothing but import frames: a module was not found, and they are all there is to show.
  if (!trace || trace.get() == Py_None) return;
  PyException_SetTraceback(exception.get(), trace.get());
  while (trace && trace.get() != Py_None) {
    PyRef next = first_own_frame(py, PyRef::steal(PyObject_GetAttrString(trace.get(), "tb_next")));
    if (!next || PyObject_SetAttrString(trace.get(), "tb_next", next.get()) < 0) return;
    trace = std::move(next);
  }
}

}  // namespace

PyRef take_exception(Attached& /*py*/) {
  if (PyErr_Occurred() == nullptr) {
    PyErr_SetString(PyExc_SystemError, "a call failed without setting an exception");
  }
#if PY_VERSION_HEX >= 0x030c0000
  return PyRef::steal(PyErr_GetRaisedException());
#else
  PyObject *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  PyErr_NormalizeException(&type, &value, &trace);
  if (trace != nullptr) PyException_SetTraceback(value, trace);
  Py_XDECREF(type);
  Py_XDECREF(trace);
  return PyRef::steal(value);
#endif
}

std::string describe_exception(Attached& py, const PyRef& exception) {
  PyRef text = formatted(exception.get());
  if (!text) {
    PyErr_Clear();
    return type_name(py, exception.get()) + ": " + str_of(py, exception.get()) +
           " (printing its traceback failed)";
  }
  std::string lines = to_utf8(py, text.get());
  while (!lines.empty() && lines.back() == '\n') lines.pop_back();
  return lines;
}

std::string take_error(Attached& py) { return describe_exception(py, take_exception(py)); }

std::string take_import_error(Attached& py) {
  const PyRef exception = take_exception(py);
  drop_import_frames(py, exception);
  PyErr_Clear();
  return describe_exception(py, exception);
}

}  // namespace forkloom::python
