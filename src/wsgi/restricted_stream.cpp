#include "wsgi/restricted_stream.h"

#include <array>

#include "python/call.h"
#include "wsgi/types.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

struct RestrictedStreamObject {
  PyObject ob_base;
  PyObject* complaint;  // str, owned
};

PyObject*& complaint_of(PyObject* self) {
  return reinterpret_cast<RestrictedStreamObject*>(self)->complaint;
}

// What every object has, and flush, is there.
PyObject* get_attribute(PyObject* self, PyObject* name) noexcept {
  PyObject* found = PyObject_GenericGetAttr(self, name);
  if (found == nullptr && PyErr_ExceptionMatches(PyExc_AttributeError) != 0) {
    PyErr_SetObject(PyExc_OSError, complaint_of(self));
  }
  return found;
}

PyObject* refuse(PyObject* self) noexcept {
  PyErr_SetObject(PyExc_OSError, complaint_of(self));
  return nullptr;
}

PyObject* flush(PyObject* /*self*/, PyObject* /*none*/) noexcept { Py_RETURN_NONE; }

void free_restricted_stream(PyObject* self) noexcept {
  Py_CLEAR(complaint_of(self));
  free_instance(self);
}

Result<PyRef> make_type(Attached& py) {
  // The type refers to its methods for as long as the process lives.
  static const std::array<PyMethodDef, 2> kMethods = {
      PyMethodDef{"flush", flush, METH_NOARGS, "nothing to do"},
      PyMethodDef{nullptr, nullptr, 0, nullptr}};
  std::array<PyType_Slot, 7> slots = {
      PyType_Slot{Py_tp_dealloc, slot(free_restricted_stream)},
      PyType_Slot{Py_tp_getattro, slot(get_attribute)},
      PyType_Slot{Py_tp_iter, slot(refuse)},
      PyType_Slot{Py_tp_iternext, slot(refuse)},
      PyType_Slot{Py_tp_methods, const_cast<PyMethodDef*>(kMethods.data())},
      PyType_Slot{Py_tp_doc, const_cast<char*>("a stream that the server does not let be used")},
      PyType_Slot{0, nullptr}};
  PyType_Spec spec = {"forkloom.RestrictedStream", sizeof(RestrictedStreamObject), 0, kSealedType,
                      slots.data()};
  return python::checked(py, PyType_FromSpec(&spec));
}

}  // namespace

Result<PyRef> make_restricted_stream(Attached& py, const std::string& name,
                                     const std::string& directive) {
  auto type = make_type(py);
  if (!type) return type;
  auto complaint = python::checked(
      py, PyUnicode_FromFormat("%s must not be used: %s is On", name.c_str(), directive.c_str()));
  if (!complaint) return complaint;
  auto stream = python::checked(py, PyType_GenericAlloc(as_type(type->get()), 0));
  if (stream) complaint_of(stream->get()) = complaint->release();
  return stream;
}

}  // namespace forkloom::wsgi
