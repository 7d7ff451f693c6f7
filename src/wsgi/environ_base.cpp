#include "wsgi/environ_base.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "python/text.h"
#include "wsgi/environ_variables.h"
#include "wsgi/request_values.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

// Collects items; once one failed, does nothing more.
class Items {
 public:
  explicit Items(Attached& py) : py_(py), dictionary_(PyRef::steal(PyDict_New())) {}

  void add(const char* name, PyRef value) {
    if (!is_good()) return;
    const PyRef key = PyRef::steal(PyUnicode_InternFromString(name));
    if (!key || !value || PyDict_SetItem(dictionary_.get(), key.get(), value.get()) < 0) {
      dictionary_.reset();
    }
  }
  void add_text(const char* name, std::string_view text) {
    if (is_good()) add(name, python::from_latin1(py_, text));
  }
  // A path or a name of ours, which is UTF-8 or whatever bytes a file name has.
  void add_path(const char* name, std::string_view path) {
    if (is_good()) {
      add(name, PyRef::steal(PyUnicode_DecodeFSDefaultAndSize(
                    path.data(), static_cast<Py_ssize_t>(path.size()))));
    }
  }
  void add_truth(const char* name, bool truth) {
    add(name, PyRef::borrow(truth ? Py_True : Py_False));
  }
  void add_number(const char* name, long long number) {
    if (is_good()) add(name, PyRef::steal(PyLong_FromLongLong(number)));
  }

  // Both ours and mod_wsgi's name.
  template <typename Add>
  void add_twice(std::string_view name, const Add& add_one) {
    for (const std::string_view prefix : {"forkloom.", "mod_wsgi."}) {
      add_one((std::string(prefix) + std::string(name)).c_str());
    }
  }

  bool is_good() const { return static_cast<bool>(dictionary_); }
  PyRef take() { return std::move(dictionary_); }

 private:
  Attached& py_;
  PyRef dictionary_;
};

bool is_of_each_request(std::string_view name) {
  return std::any_of(kVariableNames.begin(), kVariableNames.end(), [name](const VariableName& one) {
    return name == one.name || name == one.alias;
  });
}

// false with an exception set.
bool add_variables(Attached& py, const app::Place& place, EnvironBase& base) {
  for (const app::Variable& variable : place.variables) {
    if (standing_of(variable.name) == Standing::kOurs) continue;
    PyObject* text = PyUnicode_DecodeLatin1(variable.name.data(),
                                            static_cast<Py_ssize_t>(variable.name.size()), nullptr);
    if (text == nullptr) return false;
    PyUnicode_InternInPlace(&text);
    PyRef key = PyRef::steal(text);
    PyRef value = variable_value(py, variable);
    if (!value) return false;
    if (is_of_each_request(variable.name)) {
      base.overrides.emplace_back(std::move(key), std::move(value));
    } else if (PyDict_SetItem(base.dictionary.get(), key.get(), value.get()) < 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<EnvironBase> make_environ_base(Attached& py, const Options& options,
                                             const app::Target& target, const app::Place& place,
                                             PyObject* file_wrapper, int thread_number) {
  Items items(py);
  items.add_text("SERVER_SOFTWARE", options.server_software);
  if (target.kind == app::Target::Kind::kScript) {
    items.add_path("SCRIPT_FILENAME", target.script_path);
  }
  items.add("wsgi.version", PyRef::steal(Py_BuildValue("(ii)", 1, 0)));
  items.add_truth("wsgi.multithread", options.is_multithread);
  items.add_truth("wsgi.multiprocess", options.is_multiprocess);
  items.add_truth("wsgi.run_once", options.is_run_once);
  items.add_truth("wsgi.input_terminated", true);
  items.add("wsgi.file_wrapper", PyRef::borrow(file_wrapper));
  items.add("wsgi.input", PyRef::borrow(Py_None));
  items.add("wsgi.errors", PyRef::borrow(Py_None));
  items.add("forkloom.version",
            PyRef::steal(Py_BuildValue("(iii)", options.version_major, options.version_minor,
                                       options.version_patch)));
  items.add_number("forkloom.process_id", options.process_id);
  items.add_text("forkloom.interpreter", "main");
  items.add_twice("thread_id", [&](const char* name) { items.add_number(name, thread_number); });
  items.add_twice("process_group",
                  [&](const char* name) { items.add_path(name, place.process_group); });
  items.add_twice("application_group",
                  [&](const char* name) { items.add_path(name, place.application_group); });
  items.add_twice("callable_object",
                  [&](const char* name) { items.add_path(name, target.callable); });
  // What mod_wsgi says of an application that WSGIScriptAlias has mounted.
  items.add_text("mod_wsgi.request_handler", "wsgi-script");
  items.add_text("mod_wsgi.handler_script", "");
  items.add_text("mod_wsgi.server_pid", std::to_string(options.process_id));
  if (!items.is_good()) return std::nullopt;
  EnvironBase base{.dictionary = items.take(), .overrides = {}};
  if (!add_variables(py, place, base)) return std::nullopt;
  return base;
}

}  // namespace forkloom::wsgi
