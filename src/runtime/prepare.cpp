#include "runtime/prepare.h"

#include <array>
#include <string>

#include "python/api.h"
#include "python/call.h"
#include "python/error.h"
#include "python/ref.h"

namespace forkloom::runtime {
namespace {

using python::PyRef;

// In Python, since it is about Python's own lists and streams. What the server needs of the
// standard library is imported before the application's folder is on sys.path, where a file of
// that name would be found first; threading also so that its main_thread() is the process's.
constexpr const char* kPrepare = R"py(
import sys
if sys.path and sys.path[0] == '':
    del sys.path[0]
import atexit, importlib, os, signal, site, threading, traceback


def prepare(target, folders, working_directory, switch_interval):
    if working_directory:
        os.chdir(working_directory)
    own = len(sys.path)
    for folder in folders:
        site.addsitedir(folder)
    added = sys.path[own:]
    del sys.path[own:]
    named = list(dict.fromkeys(folders))
    others = [folder for folder in added if folder not in named]
    sys.path[0:0] = [*named, *others]
    sys.argv[:] = [target]
    if switch_interval:
        sys.setswitchinterval(switch_interval / 1e6)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, 'reconfigure'):
            stream.reconfigure(line_buffering=True)
)py";

PyRef text(const std::string& value) {
  return PyRef::steal(
      PyUnicode_DecodeFSDefaultAndSize(value.data(), static_cast<Py_ssize_t>(value.size())));
}

Result<PyRef> prepare_function(python::Attached& py) {
  auto globals = python::checked(py, PyDict_New());
  if (!globals) return globals;
  if (PyDict_SetItemString(globals->get(), "__builtins__", PyEval_GetBuiltins()) != 0) {
    return fail(python::take_error(py));
  }
  auto ran =
      python::checked(py, PyRun_String(kPrepare, Py_file_input, globals->get(), globals->get()));
  if (!ran) return ran;
  return PyRef::borrow(PyDict_GetItemString(globals->get(), "prepare"));
}

}  // namespace

Result<void> prepare_interpreter(python::Attached& py, const config::Settings& settings) {
  auto prepare = prepare_function(py);
  if (!prepare) return fail(std::move(prepare.error()));
  PyRef folders = PyRef::steal(PyList_New(0));
  for (const std::string& folder : settings.python_path) {
    const PyRef item = text(folder);
    if (!folders || !item || PyList_Append(folders.get(), item.get()) != 0) {
      return fail(python::take_error(py));
    }
  }
  const std::vector<std::string> names = config::application_names(settings);
  const std::string target =
      names.empty() ? "forkloom" : names[0].substr(0, names[0].rfind(" at "));
  std::array<PyRef, 4> arguments = {
      text(target), std::move(folders), text(settings.working_directory),
      PyRef::steal(PyLong_FromUnsignedLong(settings.switch_interval.value_or(0)))};
  auto called = python::call(py, *prepare, arguments);
  if (!called) return fail(std::move(called.error()));
  return {};
}

}  // namespace forkloom::runtime
