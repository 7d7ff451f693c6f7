#include "wsgi/lifecycle.h"

#include <array>
#include <string>
#include <utility>

#include "python/call.h"
#include "python/error.h"
#include "python/text.h"
#include "wsgi/restricted_stream.h"
#include "wsgi/script_file.h"
#include "wsgi/script_module.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;

constexpr const char* kLogCapsule = "forkloom.log";

// Where the Python code that called us stands: ("file", line) as a new reference.
PyRef calling_place() {
  PyFrameObject* frame = PyEval_GetFrame();
  if (frame == nullptr) return PyRef::steal(Py_BuildValue("(si)", "?", 0));
  const PyRef code = PyRef::steal(reinterpret_cast<PyObject*>(PyFrame_GetCode(frame)));
  const PyRef file = PyRef::steal(PyObject_GetAttrString(code.get(), "co_filename"));
  if (!file) return {};
  return PyRef::steal(Py_BuildValue("(Oi)", file.get(), PyFrame_GetLineNumber(frame)));
}

// signal.signal(signalnum, handler) as applications see it. self: (log, warned places, getsignal).
PyObject* ignore_signal(PyObject* self, PyObject* args) noexcept {
  Attached py = Attached::by_caller();
  PyObject* number = nullptr;
  PyObject* handler = nullptr;
  if (PyArg_ParseTuple(args, "OO:signal", &number, &handler) == 0) return nullptr;
  auto* log = static_cast<Log*>(PyCapsule_GetPointer(PyTuple_GET_ITEM(self, 0), kLogCapsule));
  PyObject* places = PyTuple_GET_ITEM(self, 1);
  if (log == nullptr) return nullptr;
  const PyRef place = calling_place();
  if (!place) return nullptr;
  const int is_warned = PySet_Contains(places, place.get());
  if (is_warned < 0 || (is_warned == 0 && PySet_Add(places, place.get()) < 0)) return nullptr;
  if (is_warned == 0) {
    const std::string where = python::to_utf8(py, PyTuple_GET_ITEM(place.get(), 0)) + ":" +
                              python::str_of(py, PyTuple_GET_ITEM(place.get(), 1));
    const std::string which = python::str_of(py, number);
    Detached detached(py);
    log->warning("signal.signal({}, ...) at {} has no effect: signals belong to the server", which,
                 where);
  }
  return PyObject_CallOneArg(PyTuple_GET_ITEM(self, 2), number);
}

// Calls module.function() where the module was imported at all.
void call_if_imported(Attached& py, Log& log, const char* module_name, const char* function) {
  PyObject* modules = PyImport_GetModuleDict();
  const PyRef module = PyRef::borrow(PyDict_GetItemString(modules, module_name));
  if (!module) return;
  const PyRef answer = PyRef::steal(PyObject_CallMethod(module.get(), function, nullptr));
  if (answer) return;
  const std::string text = python::take_error(py);
  Detached detached(py);
  log.error("{}.{}() at the end of the process:\n{}", module_name, function, text);
}

void flush_stream(Attached& py, Log& log, const char* name) {
  const PyRef stream = PyRef::borrow(PySys_GetObject(name));
  if (!stream || stream.get() == Py_None) return;
  const PyRef answer = PyRef::steal(PyObject_CallMethod(stream.get(), "flush", nullptr));
  if (answer) return;
  const std::string text = python::take_error(py);
  Detached detached(py);
  log.error("sys.{} cannot be flushed:\n{}", name, text);
}

Result<void> restrict_stream(Attached& py, const char* name, const char* directive) {
  auto stream = make_restricted_stream(py, std::string("sys.") + name, directive);
  if (!stream) return fail(std::move(stream.error()));
  if (PySys_SetObject(name, stream->get()) < 0) return fail(python::take_error(py));
  return {};
}

}  // namespace

Result<void> restrict_stdin(Attached& py) {
  return restrict_stream(py, "stdin", "WSGIRestrictStdin");
}

Result<void> restrict_stdout(Attached& py) {
  return restrict_stream(py, "stdout", "WSGIRestrictStdout");
}

Result<void> apply_restrictions(Attached& py, const Options& options, Log& log) {
  Result<void> done;
  if (options.restricts_signal) done = restrict_signals(py, log);
  if (done && options.restricts_stdin) done = restrict_stdin(py);
  if (done && options.restricts_stdout) done = restrict_stdout(py);
  return done;
}

Result<void> import_script(Attached& py, const std::string& path, Log& log) {
  Loaded<ScriptStamp> stamp;
  {
    const Detached detached(py);
    log.debug("importing script '{}'", path);
    stamp = ScriptFile(path).look();
  }
  if (!stamp) return fail(std::move(stamp.error().text));
  auto module = run_script(py, path, *stamp);
  if (!module) return fail(std::move(module.error().text));
  return {};
}

Result<void> restrict_signals(Attached& py, Log& log) {
  // A function refers to its definition for as long as the process lives.
  static const PyMethodDef kDefinition = {
      "signal", ignore_signal, METH_VARARGS,
      "signal(signalnum, handler): no effect, signals belong to the "
      "server"};
  auto module = python::import_module(py, "signal");
  if (!module) return fail(std::move(module.error()));
  auto getsignal = python::get_attribute(py, *module, "getsignal");
  if (!getsignal) return fail(std::move(getsignal.error()));
  const PyRef capsule = PyRef::steal(PyCapsule_New(&log, kLogCapsule, nullptr));
  const PyRef places = PyRef::steal(PySet_New(nullptr));
  if (!capsule || !places) return fail(python::take_error(py));
  const PyRef self = PyRef::steal(PyTuple_Pack(3, capsule.get(), places.get(), getsignal->get()));
  if (!self) return fail(python::take_error(py));
  const PyRef function =
      PyRef::steal(PyCFunction_New(const_cast<PyMethodDef*>(&kDefinition), self.get()));
  if (!function || PyObject_SetAttrString(module->get(), "signal", function.get()) < 0) {
    return fail(python::take_error(py));
  }
  return {};
}

void end_interpreter(Attached& py, Log& log) {
  call_if_imported(py, log, "threading", "_shutdown");
  call_if_imported(py, log, "atexit", "_run_exitfuncs");
  flush_stream(py, log, "stdout");
  flush_stream(py, log, "stderr");
}

}  // namespace forkloom::wsgi
