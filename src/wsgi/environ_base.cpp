#include "wsgi/environ_base.h"

#include <string_view>

#include "python/error.h"
#include "python/text.h"

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

  bool is_good() const { return static_cast<bool>(dictionary_); }
  PyRef take() { return std::move(dictionary_); }

 private:
  Attached& py_;
  PyRef dictionary_;
};

}  // namespace

Result<PyRef> make_environ_base(Attached& py, const Options& options,
                                const Application& application, PyObject* file_wrapper,
                                int thread_number) {
  Items items(py);
  items.add_text("SERVER_SOFTWARE", options.server_software);
  items.add_text("SCRIPT_NAME", application.spec.mount_point);
  if (application.spec.kind == ApplicationSpec::Kind::kScript) {
    items.add_path("SCRIPT_FILENAME", application.spec.script_path);
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
  items.add_number("forkloom.thread_id", thread_number);
  items.add_text("forkloom.process_group", "");
  items.add_text("forkloom.application_group", "");
  items.add_path("forkloom.callable_object", application.spec.callable);
  items.add_text("forkloom.interpreter", "main");
  if (!items.is_good()) return fail(python::take_error(py));
  return items.take();
}

}  // namespace forkloom::wsgi
