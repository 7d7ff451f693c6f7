#include "wsgi/application.h"

#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "python/call.h"
#include "python/error.h"
#include "python/text.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

constexpr int kListedCallables = 10;

std::string script_module_name(std::string_view path) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : path) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("_wsgi_{:016x}", hash);
}

std::string what_of(const ApplicationSpec& spec) {
  return spec.kind == ApplicationSpec::Kind::kScript ? "script '" + spec.script_path + "'"
                                                     : "module '" + spec.module + "'";
}

// open_code(path).read(), compiled with the encoding that the file declares.
Result<PyRef> compile_script(Attached& py, const PyRef& path) {
  auto io = python::import_module(py, "io");
  if (!io) return io;
  auto file = python::checked(py, PyObject_CallMethod(io->get(), "open_code", "O", path.get()));
  if (!file) return file;
  auto source = python::checked(py, PyObject_CallMethod(file->get(), "read", nullptr));
  if (!source) return source;
  auto closed = python::checked(py, PyObject_CallMethod(file->get(), "close", nullptr));
  if (!closed) return closed;
  auto builtins = python::import_module(py, "builtins");
  if (!builtins) return builtins;
  // flags 0, dont_inherit True
  return python::checked(py, PyObject_CallMethod(builtins->get(), "compile", "OOsiO", source->get(),
                                                 path.get(), "exec", 0, Py_True));
}

Result<PyRef> run_script(Attached& py, const std::string& script_path) {
  auto path =
      python::checked(py, PyUnicode_DecodeFSDefaultAndSize(
                              script_path.data(), static_cast<Py_ssize_t>(script_path.size())));
  if (!path) return path;
  auto code = compile_script(py, *path);
  if (!code) return code;
  auto name = python::checked(py, PyUnicode_FromString(script_module_name(script_path).c_str()));
  if (!name) return name;
  PyObject* module = PyImport_ExecCodeModuleObject(name->get(), code->get(), path->get(), nullptr);
  if (module == nullptr) return fail(python::take_import_error(py));
  return PyRef::steal(module);
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

Result<PyRef> find_callable(Attached& py, const ApplicationSpec& spec, const PyRef& module) {
  PyRef found = PyRef::borrow(module.get());
  std::string_view rest = spec.callable;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string name(rest.substr(0, dot));
    PyObject* next = PyObject_GetAttrString(found.get(), name.c_str());
    if (next == nullptr) {
      if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) return fail(python::take_error(py));
      PyErr_Clear();
      if (found.get() != module.get()) {
        return fail(fmt::format("{}: '{}': {} has no '{}'", what_of(spec), spec.callable,
                                python::type_name(py, found.get()), name));
      }
      const std::string names = callables_of(py, module);
      return fail(
          names.empty()
              ? fmt::format("{} has no '{}', and no other callable", what_of(spec), name)
              : fmt::format("{} has no '{}'; its callables are: {}", what_of(spec), name, names));
    }
    found = PyRef::steal(next);
    if (dot == std::string_view::npos) return found;
    rest.remove_prefix(dot + 1);
  }
}

}  // namespace

Result<Application> load_application(Attached& py, const ApplicationSpec& spec) {
  const bool is_script = spec.kind == ApplicationSpec::Kind::kScript;
  auto module =
      is_script ? run_script(py, spec.script_path) : python::import_module(py, spec.module);
  if (!module) {
    return fail(fmt::format("{} cannot be loaded:\n{}", what_of(spec), module.error().message()));
  }
  auto callable = find_callable(py, spec, *module);
  if (!callable) return fail(std::move(callable.error()));
  if (PyCallable_Check(callable->get()) == 0) {
    return fail(fmt::format("{}: '{}' is of type {}, which cannot be called", what_of(spec),
                            spec.callable, python::type_name(py, callable->get())));
  }
  if (!spec.is_factory) return Application{spec, std::move(*callable)};

  auto made = python::call(py, *callable, {});
  if (!made) {
    return fail(
        fmt::format("{}: {}() failed:\n{}", what_of(spec), spec.callable, made.error().message()));
  }
  if (PyCallable_Check(made->get()) == 0) {
    return fail(fmt::format("{}: {}() returned {}, which cannot be called", what_of(spec),
                            spec.callable, python::type_name(py, made->get())));
  }
  return Application{spec, std::move(*made)};
}

}  // namespace forkloom::wsgi
