#include "wsgi/start_response.h"

#include <array>

#include "python/call.h"
#include "wsgi/types.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;

struct WriteObject {
  PyObject ob_base;
  vectorcallfunc vectorcall;
  Answer* answer;        // nullptr once the request is over
  unsigned long thread;  // that serves the request
};

struct StartResponseObject {
  PyObject ob_base;
  vectorcallfunc vectorcall;
  Answer* answer;   // nullptr once the request is over
  PyObject* write;  // owned
};

WriteObject* as_write(PyObject* self) { return reinterpret_cast<WriteObject*>(self); }
StartResponseObject* as_start_response(PyObject* self) {
  return reinterpret_cast<StartResponseObject*>(self);
}

PyObject* write(PyObject* self, PyObject* const* args, std::size_t nargsf,
                PyObject* kwnames) noexcept {
  if (PyVectorcall_NARGS(nargsf) != 1 || (kwnames != nullptr && PyTuple_GET_SIZE(kwnames) != 0)) {
    PyErr_SetString(PyExc_TypeError, "write() takes one argument: bytes");
    return nullptr;
  }
  if (!PyBytes_Check(args[0])) {
    PyErr_Format(PyExc_TypeError, "write() takes bytes, not %.200s", Py_TYPE(args[0])->tp_name);
    return nullptr;
  }
  WriteObject* object = as_write(self);
  if (object->answer == nullptr) {
    PyErr_SetString(PyExc_RuntimeError, "write() was called after the request had ended");
    return nullptr;
  }
  if (object->thread != PyThread_get_thread_ident()) {
    PyErr_SetString(PyExc_RuntimeError,
                    "write() was called by another thread than the one that serves the request");
    return nullptr;
  }
  Answer& answer = *object->answer;
  if (!answer.head().is_set()) {  // a failed second start_response took it away
    PyErr_SetString(PyExc_AssertionError, "write() was called without start_response");
    return nullptr;
  }
  Attached py = Attached::by_caller();
  const std::string_view block(PyBytes_AS_STRING(args[0]),
                               static_cast<std::size_t>(PyBytes_GET_SIZE(args[0])));
  if (answer.is_overridden()) {
    answer.commit(py);
    Py_RETURN_NONE;
  }
  if (!block.empty() && !answer.is_gone()) {
    // The caller holds the bytes while we are detached.
    answer.commit(py);
    Detached detached(py);
    answer.send({&block, 1}, app::Flow::kWait, std::nullopt, false);
  }
  if (answer.is_gone()) {
    PyErr_SetString(PyExc_BrokenPipeError, "the client has left");
    return nullptr;
  }
  Py_RETURN_NONE;
}

// Raises exc_info again: PEP 3333 has start_response do so once the head was sent.
PyObject* raise_again(PyObject* exc_info) {
  PyObject* value = PyTuple_GET_ITEM(exc_info, 1);
  PyObject* trace = PyTuple_GET_ITEM(exc_info, 2);
  if (PyExceptionInstance_Check(value) && (trace == Py_None || PyTraceBack_Check(trace))) {
    PyException_SetTraceback(value, trace);
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(value)), value);
  } else {
    PyErr_SetString(PyExc_TypeError,
                    "start_response: exc_info must be what sys.exc_info() returns");
  }
  return nullptr;
}

bool is_exc_info(PyObject* exc_info) {
  return PyTuple_Check(exc_info) && PyTuple_GET_SIZE(exc_info) == 3;
}

PyObject* start_response(PyObject* self, PyObject* const* args, std::size_t nargsf,
                         PyObject* kwnames) noexcept {
  const Py_ssize_t count = PyVectorcall_NARGS(nargsf);
  const Py_ssize_t keywords = kwnames == nullptr ? 0 : PyTuple_GET_SIZE(kwnames);
  const bool has_keyword =
      count == 2 && keywords == 1 &&
      PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(kwnames, 0), "exc_info") == 0;
  if ((count != 2 && count != 3) || (keywords != 0 && !has_keyword)) {
    PyErr_SetString(PyExc_TypeError,
                    "start_response takes (status, headers) and, when an error is reported, "
                    "exc_info");
    return nullptr;
  }
  PyObject* exc_info = count == 3 || has_keyword ? args[2] : Py_None;
  StartResponseObject* object = as_start_response(self);
  if (object->answer == nullptr) {
    PyErr_SetString(PyExc_RuntimeError, "start_response was called after the request had ended");
    return nullptr;
  }
  Answer& answer = *object->answer;
  if (exc_info != Py_None) {
    if (!is_exc_info(exc_info)) {
      PyErr_SetString(PyExc_TypeError,
                      "start_response: exc_info must be what sys.exc_info() returns");
      return nullptr;
    }
    if (answer.is_committed()) return raise_again(exc_info);
  } else if (answer.is_committed() || answer.head().is_set()) {
    PyErr_SetString(PyExc_AssertionError,
                    "start_response was called a second time without exc_info");
    return nullptr;
  }
  Attached py = Attached::by_caller();
  if (!answer.head().set(py, args[0], args[1])) return nullptr;
  return Py_NewRef(object->write);
}

void free_write(PyObject* self) noexcept { free_instance(self); }

void free_start_response(PyObject* self) noexcept {
  Py_CLEAR(as_start_response(self)->write);
  free_instance(self);
}

Result<PyRef> make_callable_type(Attached& py, const char* name, std::size_t size,
                                 std::size_t vectorcall, void* dealloc, const char* doc) {
  // Both are copied into the type, except for the name and the text, which are literals.
  std::array<PyMemberDef, 2> members = {
      PyMemberDef{"__vectorcalloffset__", T_PYSSIZET, static_cast<Py_ssize_t>(vectorcall), READONLY,
                  nullptr},
      PyMemberDef{nullptr, 0, 0, 0, nullptr}};
  std::array<PyType_Slot, 5> slots = {
      PyType_Slot{Py_tp_dealloc, dealloc}, PyType_Slot{Py_tp_call, slot(PyVectorcall_Call)},
      PyType_Slot{Py_tp_members, members.data()}, PyType_Slot{Py_tp_doc, const_cast<char*>(doc)},
      PyType_Slot{0, nullptr}};
  PyType_Spec spec = {name, static_cast<int>(size), 0, kSealedType | Py_TPFLAGS_HAVE_VECTORCALL,
                      slots.data()};
  return python::checked(py, PyType_FromSpec(&spec));
}

}  // namespace

Result<PyRef> make_start_response_type(Attached& py) {
  return make_callable_type(py, "forkloom.start_response", sizeof(StartResponseObject),
                            offsetof(StartResponseObject, vectorcall), slot(free_start_response),
                            "start_response(status, headers, exc_info=None) of one request");
}

Result<PyRef> make_write_type(Attached& py) {
  return make_callable_type(py, "forkloom.write", sizeof(WriteObject),
                            offsetof(WriteObject, vectorcall), slot(free_write),
                            "write(bytes) of one request");
}

PyObject* StartResponse::begin(Attached& /*py*/, Answer& answer) {
  if (start_response_) return start_response_.get();
  write_ = PyRef::steal(PyType_GenericAlloc(as_type(write_type_), 0));
  if (!write_) return nullptr;
  as_write(write_.get())->vectorcall = write;
  as_write(write_.get())->answer = &answer;
  as_write(write_.get())->thread = PyThread_get_thread_ident();
  start_response_ = PyRef::steal(PyType_GenericAlloc(as_type(type_), 0));
  if (!start_response_) return nullptr;
  as_start_response(start_response_.get())->vectorcall = start_response;
  as_start_response(start_response_.get())->answer = &answer;
  as_start_response(start_response_.get())->write = Py_NewRef(write_.get());
  return start_response_.get();
}

void StartResponse::end(Attached& /*py*/) {
  if (!start_response_) {
    write_.reset();
    return;
  }
  // write_ is referred to by us and by start_response_.
  const bool is_write_kept = Py_REFCNT(write_.get()) != 2;
  if (is_ours_alone(start_response_.get()) && !is_write_kept) return;
  as_write(write_.get())->answer = nullptr;
  as_start_response(start_response_.get())->answer = nullptr;
  start_response_.reset();
  write_.reset();
}

void StartResponse::drop(Attached& /*py*/) {
  start_response_.reset();
  write_.reset();
}

}  // namespace forkloom::wsgi
