// The extension module that turns the interpreter which imports it into a worker:
// forkloom_runtime.main(inheritance_fd) never returns.

#include <cstdlib>

#include "python/api.h"
#include "python/interpreter.h"
#include "runtime/child.h"

namespace {

PyObject* main_function(PyObject* /*module*/, PyObject* argument) noexcept {
  const long fd = PyLong_AsLong(argument);
  if (fd < 0) {
    if (PyErr_Occurred() == nullptr) PyErr_SetString(PyExc_ValueError, "not a descriptor");
    return nullptr;
  }
  auto py = forkloom::python::Attached::by_caller();
  std::_Exit(forkloom::runtime::run_child(py, static_cast<int>(fd)));
}

PyMethodDef methods[] = {
    {"main", main_function, METH_O,
     "main(inheritance_fd)\n\nServes as a child of the forkloom process that started this "
     "interpreter. Ends the process."},
    {nullptr, nullptr, 0, nullptr}};

PyModuleDef_Slot slots[] = {
#if PY_VERSION_HEX >= 0x030c0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030d0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr}};

PyModuleDef module = {PyModuleDef_HEAD_INIT,
                      "forkloom_runtime",
                      "Forkloom's worker for this CPython version.",
                      0,
                      methods,
                      slots,
                      nullptr,
                      nullptr,
                      nullptr};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): CPython looks for this name
PyMODINIT_FUNC PyInit_forkloom_runtime() { return PyModuleDef_Init(&module); }
