#include "wsgi/environ_variables.h"

#include <algorithm>
#include <array>

#include "python/text.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

constexpr std::array<std::string_view, 3> kOwnPrefixes = {"wsgi.", "forkloom.", "mod_wsgi."};
// HTTPS is told by wsgi.url_scheme, as in mod_wsgi. CONTENT_LENGTH is the length of the body that
// wsgi.input reads, whatever a field or a variable says.
constexpr std::array<std::string_view, 11> kOwnNames = {
    "REQUEST_METHOD",  "SCRIPT_NAME",    "PATH_INFO",   "QUERY_STRING",
    "SERVER_NAME",     "SERVER_PORT",    "SERVER_ADDR", "SERVER_PROTOCOL",
    "SERVER_SOFTWARE", "CONTENT_LENGTH", "HTTPS"};

}  // namespace

Standing standing_of(std::string_view name) {
  const bool is_own =
      std::any_of(kOwnPrefixes.begin(), kOwnPrefixes.end(),
                  [name](std::string_view prefix) { return name.starts_with(prefix); }) ||
      std::find(kOwnNames.begin(), kOwnNames.end(), name) != kOwnNames.end();
  if (is_own) return Standing::kOurs;
  return name.starts_with("HTTP_") || name == "CONTENT_TYPE" ? Standing::kField : Standing::kFree;
}

PyRef variable_value(Attached& py, const app::Variable& variable) {
  if (variable.name != "DOCUMENT_ROOT" && variable.name != "SCRIPT_FILENAME") {
    return python::from_latin1(py, variable.value);
  }
  return PyRef::steal(PyUnicode_DecodeFSDefaultAndSize(
      variable.value.data(), static_cast<Py_ssize_t>(variable.value.size())));
}

bool RequestVariables::remember(Attached& py, Known& known, const app::Variable& variable) {
  if (!known.key || known.variable.name != variable.name) {
    known.key = PyRef::steal(PyUnicode_DecodeLatin1(
        variable.name.data(), static_cast<Py_ssize_t>(variable.name.size()), nullptr));
    known.value.reset();
    if (!known.key) return false;
    known.standing = standing_of(variable.name);
    known.variable.name = variable.name;
  }
  if (!known.value || known.variable.value != variable.value) {
    known.value = variable_value(py, variable);
    if (!known.value) return false;
    known.variable.value = variable.value;
  }
  return true;
}

bool RequestVariables::add(Attached& py, std::span<const app::Variable> variables,
                           PyObject* environ, PyObject* base) {
  if (known_.size() < variables.size()) known_.resize(variables.size());
  for (std::size_t i = 0; i < variables.size(); ++i) {
    Known& known = known_[i];
    if (!remember(py, known, variables[i])) return false;
    if (known.standing == Standing::kOurs) continue;
    if (known.standing == Standing::kField) {
      PyObject* present = PyDict_GetItemWithError(environ, known.key.get());
      if (PyErr_Occurred() != nullptr) return false;
      const bool is_of_request =
          present != nullptr && present != PyDict_GetItemWithError(base, known.key.get());
      if (is_of_request) continue;
    }
    if (PyDict_SetItem(environ, known.key.get(), known.value.get()) < 0) return false;
  }
  return true;
}

}  // namespace forkloom::wsgi
