#include "python/call.h"

#include <vector>

#include "python/error.h"

namespace forkloom::python {

Result<PyRef> checked(Attached& py, PyObject* new_reference) {
  if (new_reference == nullptr) return fail(take_error(py));
  return PyRef::steal(new_reference);
}

Result<PyRef> import_module(Attached& py, const std::string& name) {
  // Not PyImport_ImportModule: from 3.12 it leaves no traceback where the module is missing.
  const PyRef importlib = PyRef::steal(PyImport_ImportModule("importlib"));
  if (!importlib) return fail(take_error(py));
  PyObject* module = PyObject_CallMethod(importlib.get(), "import_module", "s", name.c_str());
  if (module == nullptr) return fail(take_import_error(py));
  return PyRef::steal(module);
}

Result<PyRef> get_attribute(Attached& py, const PyRef& object, const std::string& name) {
  return checked(py, PyObject_GetAttrString(object.get(), name.c_str()));
}

Result<PyRef> call(Attached& py, const PyRef& callable, std::span<const PyRef> arguments) {
  std::vector<PyObject*> borrowed;
  borrowed.reserve(arguments.size());
  for (const PyRef& argument : arguments) borrowed.push_back(argument.get());
  return checked(py,
                 PyObject_Vectorcall(callable.get(), borrowed.data(), borrowed.size(), nullptr));
}

}  // namespace forkloom::python
