#include "python/test_module.h"

PyMODINIT_FUNC PyInit_forkloom_python_test() {
  static PyModuleDef definition;
  return forkloom::python::define_test_module(definition, "forkloom_python_test");
}
