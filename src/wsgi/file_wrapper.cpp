#include "wsgi/file_wrapper.h"

#include <array>

#include "python/call.h"
#include "wsgi/types.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;

struct FileWrapperObject {
  PyObject ob_base;
  PyObject* filelike;  // owned
  Py_ssize_t block_size;
};

FileWrapperObject* as_wrapper(PyObject* self) { return reinterpret_cast<FileWrapperObject*>(self); }

PyObject* new_wrapper(PyTypeObject* type, PyObject* args, PyObject* keywords) noexcept {
  const char* names[] = {"filelike", "blksize", nullptr};
  PyObject* filelike = nullptr;
  Py_ssize_t block_size = 8192;
  if (PyArg_ParseTupleAndKeywords(args, keywords, "O|n:FileWrapper", const_cast<char**>(names),
                                  &filelike, &block_size) == 0) {
    return nullptr;
  }
  PyObject* self = PyType_GenericAlloc(type, 0);
  if (self == nullptr) return nullptr;
  as_wrapper(self)->filelike = Py_NewRef(filelike);
  as_wrapper(self)->block_size = block_size;
  return self;
}

// The next block; nullptr without an exception where the file ends.
PyObject* next_block(PyObject* self) noexcept {
  PyObject* block =
      PyObject_CallMethod(as_wrapper(self)->filelike, "read", "n", as_wrapper(self)->block_size);
  if (block == nullptr) return nullptr;
  const int is_more = PyObject_IsTrue(block);
  if (is_more == 1) return block;
  Py_DECREF(block);
  return nullptr;
}

PyObject* close_file(PyObject* self, PyObject* /*none*/) noexcept {
  PyObject* close = PyObject_GetAttrString(as_wrapper(self)->filelike, "close");
  if (close == nullptr) {
    if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) return nullptr;
    PyErr_Clear();
    Py_RETURN_NONE;
  }
  PyObject* answer = PyObject_CallNoArgs(close);
  Py_DECREF(close);
  return answer;
}

int traverse(PyObject* self, visitproc visit, void* arg) noexcept {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(as_wrapper(self)->filelike);
  return 0;
}

int clear(PyObject* self) noexcept {
  Py_CLEAR(as_wrapper(self)->filelike);
  return 0;
}

void free_wrapper(PyObject* self) noexcept {
  PyObject_GC_UnTrack(self);
  clear(self);
  free_instance(self);
}

// The object of the io module whose read() the wrapper calls. A file object may be wrapped once
// more (tempfile, Django); what counts is where its read() leads: a GzipFile has a descriptor as
// well, but reads something else from it.
PyRef reading_file(PyObject* filelike) {
  PyRef read = PyRef::steal(PyObject_GetAttrString(filelike, "read"));
  if (!read) return {};
  if (PyFunction_Check(read.get())) {  // functools.wraps, as tempfile does
    read = PyRef::steal(PyObject_GetAttrString(read.get(), "__wrapped__"));
    if (!read) return {};
  }
  if (!PyCFunction_Check(read.get())) return {};
  PyRef file = PyRef::borrow(PyCFunction_GET_SELF(read.get()));
  if (!file) return {};
  PyRef io = PyRef::steal(PyImport_ImportModule("_io"));
  if (!io) return {};
  const auto is_exactly = [&io](PyObject* object, const char* name) {
    const PyRef type = PyRef::steal(PyObject_GetAttrString(io.get(), name));
    return type && reinterpret_cast<PyObject*>(Py_TYPE(object)) == type.get();
  };
  if (is_exactly(file.get(), "FileIO")) return file;
  if (!is_exactly(file.get(), "BufferedReader") && !is_exactly(file.get(), "BufferedRandom")) {
    return {};
  }
  const PyRef raw = PyRef::steal(PyObject_GetAttrString(file.get(), "raw"));
  if (!raw || !is_exactly(raw.get(), "FileIO")) return {};
  return file;
}

}  // namespace

std::optional<FileRange> file_behind(Attached& py, PyObject* wrapper,
                                     const app::Response& response) {
  const auto nothing = [] {
    PyErr_Clear();
    return std::nullopt;
  };
  const PyRef file = reading_file(as_wrapper(wrapper)->filelike);
  if (!file) return nothing();
  FileRange range;
  range.fd = PyObject_AsFileDescriptor(file.get());
  if (range.fd < 0) return nothing();
  // What was written through the same object must be in the file before it is sent from there.
  const PyRef flushed = PyRef::steal(PyObject_CallMethod(file.get(), "flush", nullptr));
  if (!flushed) return nothing();
  // The file object's position, not the descriptor's, which a buffer has moved on.
  const PyRef position = PyRef::steal(PyObject_CallMethod(file.get(), "tell", nullptr));
  if (!position) return nothing();
  range.offset = PyLong_AsUnsignedLongLong(position.get());
  if (PyErr_Occurred() != nullptr) return nothing();
  std::optional<std::uint64_t> size;
  {
    Detached detached(py);
    size = response.regular_file_size(range.fd);
  }
  if (!size) return std::nullopt;
  range.length = *size > range.offset ? *size - range.offset : 0;
  return range;
}

Result<PyRef> make_file_wrapper_type(Attached& py) {
  // The type refers to these for as long as the process lives.
  static const std::array<PyMethodDef, 2> kMethods = {
      PyMethodDef{"close", close_file, METH_NOARGS, "closes the file"},
      PyMethodDef{nullptr, nullptr, 0, nullptr}};
  std::array<PyMemberDef, 3> members = {
      PyMemberDef{"filelike", T_OBJECT_EX, offsetof(FileWrapperObject, filelike), READONLY,
                  nullptr},
      PyMemberDef{"blksize", T_PYSSIZET, offsetof(FileWrapperObject, block_size), READONLY,
                  nullptr},
      PyMemberDef{nullptr, 0, 0, 0, nullptr}};
  std::array<PyType_Slot, 10> slots = {
      PyType_Slot{Py_tp_new, slot(new_wrapper)},
      PyType_Slot{Py_tp_dealloc, slot(free_wrapper)},
      PyType_Slot{Py_tp_traverse, slot(traverse)},
      PyType_Slot{Py_tp_clear, slot(clear)},
      PyType_Slot{Py_tp_iter, slot(PyObject_SelfIter)},
      PyType_Slot{Py_tp_iternext, slot(next_block)},
      PyType_Slot{Py_tp_methods, const_cast<PyMethodDef*>(kMethods.data())},
      PyType_Slot{Py_tp_members, members.data()},
      PyType_Slot{Py_tp_doc, const_cast<char*>("FileWrapper(filelike, blksize=8192)")},
      PyType_Slot{0, nullptr}};
  PyType_Spec spec = {
      "forkloom.FileWrapper", sizeof(FileWrapperObject), 0,
      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
      slots.data()};
  return python::checked(py, PyType_FromSpec(&spec));
}

}  // namespace forkloom::wsgi
