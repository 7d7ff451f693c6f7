#include "python/test_module.h"

PyMODINIT_FUNC PyInit_forkloom_wsgi_test() {
  static PyModuleDef definition;
  return forkloom::python::define_test_module(definition, "forkloom_wsgi_test");
}
