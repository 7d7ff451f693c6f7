#include "wsgi/environ.h"

#include <algorithm>
#include <utility>

#include "python/error.h"
#include "wsgi/environ_base.h"
#include "wsgi/environ_key.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

constexpr std::size_t kLayouts = 8;

}  // namespace

Result<std::unique_ptr<Environ>> Environ::make(Attached& py, const Options& options,
                                               std::span<const Application> applications,
                                               PyObject* file_wrapper, int thread_number) {
  std::unique_ptr<Environ> environ(new Environ(options));
  for (const Application& application : applications) {
    auto base = make_environ_base(py, options, application, file_wrapper, thread_number);
    if (!base) return fail(std::move(base.error()));
    environ->bases_.push_back(std::move(*base));
  }
  environ->input_key_ = PyRef::steal(PyUnicode_InternFromString("wsgi.input"));
  environ->errors_key_ = PyRef::steal(PyUnicode_InternFromString("wsgi.errors"));
  if (!environ->input_key_ || !environ->errors_key_) return fail(python::take_error(py));
  return environ;
}

void Environ::prepare(const app::Exchange& exchange, std::size_t application) {
  application_ = application;
  values_.fill(exchange);
  const auto& fields = exchange.request.fields;
  const auto found = std::find_if(
      layouts_.begin(), layouts_.end(),
      [&](const std::unique_ptr<Layout>& layout) { return layout->fits(application, fields); });
  is_fitting_ = found != layouts_.end();
  if (!is_fitting_) return;
  std::rotate(layouts_.begin(), found, found + 1);
  layouts_.front()->compare(values_, fields);
}

PyRef Environ::key_of(Attached& /*py*/, const http::Field& field) {
  const auto key = environ_key(field.name, options_.passes_authorization);
  if (!key) return {};
  PyObject* text = PyUnicode_FromStringAndSize(key->data(), static_cast<Py_ssize_t>(key->size()));
  // Interning may be for ever: never what a client makes up.
  if (text != nullptr && field.known != 0) PyUnicode_InternInPlace(&text);
  return PyRef::steal(text);
}

bool Environ::add_layout(Attached& py, std::span<const http::Field> fields) {
  std::vector<PyRef> keys;
  for (const http::Field& field : fields) {
    keys.push_back(key_of(py, field));
    if (!keys.back() && PyErr_Occurred() != nullptr) return false;
  }
  auto layout = Layout::make(py, application_, bases_[application_].get(), fields, keys);
  if (!layout) return false;
  if (layouts_.size() == kLayouts) layouts_.pop_back();
  layouts_.insert(layouts_.begin(), std::move(layout));
  return true;
}

PyRef Environ::build(Attached& py, const app::Exchange& exchange, PyObject* input,
                     PyObject* errors) {
  if (!is_fitting_) {
    if (!add_layout(py, exchange.request.fields)) return {};
    layouts_.front()->compare(values_, exchange.request.fields);
  }
  PyRef environ = layouts_.front()->copy(py, exchange);
  if (!environ || PyDict_SetItem(environ.get(), input_key_.get(), input) < 0 ||
      PyDict_SetItem(environ.get(), errors_key_.get(), errors) < 0) {
    return {};
  }
  return environ;
}

}  // namespace forkloom::wsgi
