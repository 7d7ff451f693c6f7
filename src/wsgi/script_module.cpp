#include "wsgi/script_module.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/result.h"
#include "python/call.h"
#include "python/error.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

constexpr int kForbidden = 403;
constexpr int kServerError = 500;
constexpr const char* kModifiedName = "__mtime__";

std::string module_name(std::string_view path) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : path) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("_wsgi_{:016x}", hash);
}

PyRef path_text(const std::string& path) {
  return PyRef::steal(
      PyUnicode_DecodeFSDefaultAndSize(path.data(), static_cast<Py_ssize_t>(path.size())));
}

Result<PyRef> read_all(Attached& py, const PyRef& file) {
  auto source = python::checked(py, PyObject_CallMethod(file.get(), "read", nullptr));
  if (!source) return source;
  auto closed = python::checked(py, PyObject_CallMethod(file.get(), "close", nullptr));
  if (!closed) return closed;
  return source;
}

// With the encoding that the file declares.
Result<PyRef> compile(Attached& py, const PyRef& source, const PyRef& path) {
  auto builtins = python::import_module(py, "builtins");
  if (!builtins) return builtins;
  // flags 0, dont_inherit True
  return python::checked(py, PyObject_CallMethod(builtins->get(), "compile", "OOsiO", source.get(),
                                                 path.get(), "exec", 0, Py_True));
}

Result<PyRef> execute(Attached& py, const std::string& name, const PyRef& code, const PyRef& path,
                      const ScriptStamp& stamp) {
  auto module_name = python::checked(py, PyUnicode_FromString(name.c_str()));
  if (!module_name) return module_name;
  PyObject* modules = PyImport_GetModuleDict();
  if (PyDict_Contains(modules, module_name->get()) == 1 &&
      PyDict_DelItem(modules, module_name->get()) < 0) {
    PyErr_Clear();  // somebody else was faster
  }
  PyRef module = PyRef::steal(
      PyImport_ExecCodeModuleObject(module_name->get(), code.get(), path.get(), nullptr));
  if (!module) return fail(python::take_import_error(py));
  const PyRef modified = PyRef::steal(PyLong_FromLongLong(stamp.modified));
  if (!modified || PyObject_SetAttrString(module.get(), kModifiedName, modified.get()) < 0) {
    return fail(python::take_error(py));
  }
  return module;
}

}  // namespace

Loaded<PyRef> run_script(Attached& py, const std::string& script_path, const ScriptStamp& stamp) {
  const auto failed = [&](int status, const std::string& why) {
    return fail_load(status, fmt::format("script '{}' cannot be loaded:\n{}", script_path, why));
  };
  const PyRef path = path_text(script_path);
  const PyRef io = PyRef::steal(PyImport_ImportModule("io"));
  if (!path || !io) return failed(kServerError, python::take_error(py));
  const PyRef file = PyRef::steal(PyObject_CallMethod(io.get(), "open_code", "O", path.get()));
  if (!file) {
    const bool is_forbidden = PyErr_ExceptionMatches(PyExc_PermissionError) != 0;
    return failed(is_forbidden ? kForbidden : kServerError, python::take_error(py));
  }
  auto module = read_all(py, file);
  if (module) module = compile(py, *module, path);
  if (module) module = execute(py, module_name(script_path), *module, path, stamp);
  if (!module) return failed(kServerError, module.error().message());
  return std::move(*module);
}

PyRef imported_script(Attached& /*py*/, const std::string& path, const ScriptStamp& stamp) {
  PyRef module =
      PyRef::borrow(PyDict_GetItemString(PyImport_GetModuleDict(), module_name(path).c_str()));
  if (!module) return {};
  const PyRef modified = PyRef::steal(PyObject_GetAttrString(module.get(), kModifiedName));
  const bool is_current = modified && PyLong_Check(modified.get()) &&
                          PyLong_AsLongLong(modified.get()) == stamp.modified;
  PyErr_Clear();
  return is_current ? std::move(module) : PyRef();
}

}  // namespace forkloom::wsgi
