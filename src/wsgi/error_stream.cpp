#include "wsgi/error_stream.h"

#include <array>
#include <new>
#include <string>
#include <utility>

#include "python/call.h"
#include "python/text.h"
#include "wsgi/critical_section.h"
#include "wsgi/types.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;

// A line without end is logged in pieces of about this size.
constexpr std::size_t kLongLine = 64U << 10;

struct Lines {
  Log* log;
  std::string request_id;  // "" once the request is over
  std::string pending;     // text since the last line feed
};

struct ErrorStreamObject {
  PyObject ob_base;
  Lines lines;
};

Lines& lines_of(PyObject* self) { return reinterpret_cast<ErrorStreamObject*>(self)->lines; }

// Takes what is ready out of the object first: while we are detached, others may write to it.
void log_pending(Attached& py, Lines& lines, std::size_t count) {
  std::string text = lines.pending.substr(0, count);
  lines.pending.erase(0, count);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  const std::string request_id = lines.request_id;
  Log& log = *lines.log;
  Detached detached(py);
  log.write_for(request_id, Level::kError, "{}", text);
}

void log_rest(Attached& py, Lines& lines) {
  if (!lines.pending.empty()) log_pending(py, lines, lines.pending.size());
}

bool write_text(Attached& py, PyObject* self, PyObject* text) {
  if (!PyUnicode_Check(text)) {
    PyErr_Format(PyExc_TypeError, "wsgi.errors takes str, not %.200s", Py_TYPE(text)->tp_name);
    return false;
  }
  const std::string addition = python::to_utf8(py, text);
  const CriticalSection alone(self);
  Lines& lines = lines_of(self);
  lines.pending += addition;
  const std::size_t feed = lines.pending.rfind('\n');
  if (feed != std::string::npos) {
    log_pending(py, lines, feed + 1);
  } else if (lines.pending.size() > kLongLine) {
    log_rest(py, lines);
  }
  return true;
}

PyObject* write(PyObject* self, PyObject* text) noexcept {
  Attached py = Attached::by_caller();
  if (!write_text(py, self, text)) return nullptr;
  return PyLong_FromSsize_t(PyUnicode_GET_LENGTH(text));
}

PyObject* writelines(PyObject* self, PyObject* texts) noexcept {
  Attached py = Attached::by_caller();
  PyRef iterator = PyRef::steal(PyObject_GetIter(texts));
  if (!iterator) return nullptr;
  while (PyRef text = PyRef::steal(PyIter_Next(iterator.get()))) {
    if (!write_text(py, self, text.get())) return nullptr;
  }
  if (PyErr_Occurred() != nullptr) return nullptr;
  Py_RETURN_NONE;
}

PyObject* flush(PyObject* self, PyObject* /*none*/) noexcept {
  Attached py = Attached::by_caller();
  const CriticalSection alone(self);
  log_rest(py, lines_of(self));
  Py_RETURN_NONE;
}

PyObject* writable(PyObject* /*self*/, PyObject* /*none*/) noexcept { Py_RETURN_TRUE; }
PyObject* isatty(PyObject* /*self*/, PyObject* /*none*/) noexcept { Py_RETURN_FALSE; }

void free_error_stream(PyObject* self) noexcept {
  Attached py = Attached::by_caller();
  // An exception may be under way where the last reference goes.
  PyObject *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  log_rest(py, lines_of(self));
  PyErr_Restore(type, value, trace);
  lines_of(self).~Lines();
  free_instance(self);
}

}  // namespace

Result<PyRef> make_error_stream_type(Attached& py) {
  // The type refers to its methods for as long as the process lives.
  static const std::array<PyMethodDef, 6> kMethods = {
      PyMethodDef{"write", write, METH_O, "write(str) -> int"},
      PyMethodDef{"writelines", writelines, METH_O, "writelines(iterable of str)"},
      PyMethodDef{"flush", flush, METH_NOARGS, "logs a line that has no line feed yet"},
      PyMethodDef{"writable", writable, METH_NOARGS, "writable() -> True"},
      PyMethodDef{"isatty", isatty, METH_NOARGS, "isatty() -> False"},
      PyMethodDef{nullptr, nullptr, 0, nullptr}};
  std::array<PyType_Slot, 4> slots = {
      PyType_Slot{Py_tp_dealloc, slot(free_error_stream)},
      PyType_Slot{Py_tp_methods, const_cast<PyMethodDef*>(kMethods.data())},
      PyType_Slot{Py_tp_doc, const_cast<char*>("the server's error log, wsgi.errors")},
      PyType_Slot{0, nullptr}};
  PyType_Spec spec = {"forkloom.ErrorStream", sizeof(ErrorStreamObject), 0, kSealedType,
                      slots.data()};
  return python::checked(py, PyType_FromSpec(&spec));
}

PyObject* ErrorStream::begin(Attached& /*py*/, std::string_view request_id, Log& log) {
  if (!object_) {
    object_ = PyRef::steal(PyType_GenericAlloc(as_type(type_), 0));
    if (!object_) return nullptr;
    new (&lines_of(object_.get())) Lines{&log, {}, {}};
  }
  lines_of(object_.get()).log = &log;
  lines_of(object_.get()).request_id.assign(request_id);
  return object_.get();
}

void ErrorStream::end(Attached& py) {
  if (!object_) return;
  const CriticalSection alone(object_.get());
  log_rest(py, lines_of(object_.get()));
  lines_of(object_.get()).request_id.clear();
  if (!is_ours_alone(object_.get())) object_.reset();
}

void ErrorStream::drop(Attached& /*py*/) { object_.reset(); }

}  // namespace forkloom::wsgi
