#pragma once

// Unit tests that need an interpreter run inside one, as an extension module whose run() runs
// GoogleTest on the calling thread, attached. Each room's tests define the module's own entry.

#include <gtest/gtest.h>

#include "python/api.h"

namespace forkloom::python {

inline PyObject* run_tests(PyObject* /*self*/, PyObject* /*none*/) noexcept {
  int count = 1;
  char name[] = "tests";
  char* arguments[] = {name, nullptr};
  testing::InitGoogleTest(&count, arguments);  // GTEST_FILTER and others from the environment
  return PyLong_FromLong(RUN_ALL_TESTS());
}

// `definition` and the tables are static in the caller, since the module refers to them.
inline PyObject* define_test_module(PyModuleDef& definition, const char* name) {
  static PyMethodDef methods[] = {{"run", run_tests, METH_NOARGS, "number of failed programs"},
                                  {nullptr, nullptr, 0, nullptr}};
  static PyModuleDef_Slot slots[] = {
#if PY_VERSION_HEX >= 0x030c0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030d0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr}
  };
  definition = {PyModuleDef_HEAD_INIT, name, nullptr, 0, methods, slots, nullptr, nullptr, nullptr};
  return PyModuleDef_Init(&definition);
}

}  // namespace forkloom::python
