#include "wsgi/application.h"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "python/call.h"
#include "python/error.h"
#include "python/text.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

constexpr int kServerError = 500;
constexpr int kListedCallables = 10;

std::string what_of(const app::Target& target) {
  return target.kind == app::Target::Kind::kScript ? "script '" + target.script_path + "'"
                                                   : "module '" + target.module + "'";
}

// Functions, classes and objects with __call__ that the module itself made; what it only imported
// is no candidate. In the order of their definition.
std::string callables_of(Attached& py, const PyRef& module) {
  PyObject* items = PyModule_GetDict(module.get());
  PyObject* module_name = items == nullptr ? nullptr : PyDict_GetItemString(items, "__name__");
  if (module_name == nullptr) return "";
  std::string list;
  int count = 0;
  // A snapshot: looking at attributes may run code.
  const PyRef pairs = PyRef::steal(PyDict_Items(items));
  for (Py_ssize_t i = 0; pairs && i < PyList_GET_SIZE(pairs.get()); ++i) {
    PyObject* name = PyTuple_GET_ITEM(PyList_GET_ITEM(pairs.get(), i), 0);
    PyObject* value = PyTuple_GET_ITEM(PyList_GET_ITEM(pairs.get(), i), 1);
    if (!PyUnicode_Check(name) || PyCallable_Check(value) == 0) continue;
    const std::string text = python::to_utf8(py, name);
    if (text.starts_with('_')) continue;
    if (PyType_Check(value) || PyFunction_Check(value) || PyCFunction_Check(value)) {
      const PyRef home = PyRef::steal(PyObject_GetAttrString(value, "__module__"));
      if (!home || PyObject_RichCompareBool(home.get(), module_name, Py_EQ) != 1) continue;
    }
    if (++count > kListedCallables) {
      list += ", ...";
      break;
    }
    if (count > 1) list += ", ";
    list += text;
  }
  PyErr_Clear();
  return list;
}

Loaded<PyRef> find_callable(Attached& py, const app::Target& target, const PyRef& module,
                            int missing_status) {
  PyRef found = PyRef::borrow(module.get());
  std::string_view rest = target.callable;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string name(rest.substr(0, dot));
    // A request may have chosen the name: bytes that are no UTF-8 are no attribute's either.
    const PyRef attribute = PyRef::steal(
        PyUnicode_DecodeFSDefaultAndSize(name.data(), static_cast<Py_ssize_t>(name.size())));
    PyObject* next = attribute ? PyObject_GetAttr(found.get(), attribute.get()) : nullptr;
    if (next == nullptr) {
      if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) {
        return fail_load(kServerError, python::take_error(py));
      }
      PyErr_Clear();
      if (found.get() != module.get()) {
        return fail_load(missing_status,
                         fmt::format("{}: '{}': {} has no '{}'", what_of(target), target.callable,
                                     python::type_name(py, found.get()), name));
      }
      const std::string names = callables_of(py, module);
      return fail_load(
          missing_status,
          names.empty()
              ? fmt::format("{} has no '{}', and no other callable", what_of(target), name)
              : fmt::format("{} has no '{}'; its callables are: {}", what_of(target), name, names));
    }
    found = PyRef::steal(next);
    if (dot == std::string_view::npos) return found;
    rest.remove_prefix(dot + 1);
  }
}

}  // namespace

Loaded<PyRef> find_application(Attached& py, const app::Target& target, const PyRef& module,
                               int missing_status) {
  auto callable = find_callable(py, target, module, missing_status);
  if (!callable) return callable;
  if (PyCallable_Check(callable->get()) == 0) {
    return fail_load(kServerError,
                     fmt::format("{}: '{}' is of type {}, which cannot be called", what_of(target),
                                 target.callable, python::type_name(py, callable->get())));
  }
  if (!target.is_factory) return callable;

  auto made = python::call(py, *callable, {});
  if (!made) {
    return fail_load(kServerError, fmt::format("{}: {}() failed:\n{}", what_of(target),
                                               target.callable, made.error().message()));
  }
  if (PyCallable_Check(made->get()) == 0) {
    return fail_load(kServerError,
                     fmt::format("{}: {}() returned {}, which cannot be called", what_of(target),
                                 target.callable, python::type_name(py, made->get())));
  }
  return std::move(*made);
}

}  // namespace forkloom::wsgi
