#include "python/call.h"

#include <vector>

#include "python/error.h"

namespace forkloom::python {

Result<PyRef> checked(Attached& py, PyObject* new_reference) {
  if (new_reference == nullptr) return fail(take_error(py));
  return PyRef::steal(new_reference);
}

Result<PyRef> import_module(Attached& py, const std::string& name) {
  PyObject* module = PyImport_ImportModule(name.c_str());
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
