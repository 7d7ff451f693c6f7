#include "wsgi/environ.h"

#include <algorithm>
#include <span>
#include <utility>

#include "python/error.h"
#include "wsgi/environ_key.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

constexpr std::size_t kLayouts = 16;

}  // namespace

Result<std::unique_ptr<Environ>> Environ::make(Attached& py, const Options& options,
                                               PyObject* file_wrapper, int thread_number) {
  std::unique_ptr<Environ> environ(new Environ(options, file_wrapper, thread_number));
  environ->input_key_ = PyRef::steal(PyUnicode_InternFromString("wsgi.input"));
  environ->errors_key_ = PyRef::steal(PyUnicode_InternFromString("wsgi.errors"));
  if (!environ->input_key_ || !environ->errors_key_) return fail(python::take_error(py));
  return environ;
}

void Environ::prepare(const app::Exchange& exchange) {
  values_.fill(exchange);
  const auto base = bases_.find({exchange.place.number, exchange.target.number});
  base_ = base == bases_.end() ? nullptr : &base->second;
  is_fitting_ = false;
  if (base_ == nullptr) return;
  const auto& fields = exchange.request.fields;
  const auto found = std::find_if(
      layouts_.begin(), layouts_.end(),
      [&](const std::unique_ptr<Layout>& layout) { return layout->fits(*base_, fields); });
  is_fitting_ = found != layouts_.end();
  if (!is_fitting_) return;
  std::rotate(layouts_.begin(), found, found + 1);
  layouts_.front()->compare(values_, fields);
}

PyRef Environ::key_of(Attached& /*py*/, const http::Field& field, const app::Place& place) {
  const auto key = environ_key(field.name, place.passes_authorization);
  if (!key) return {};
  PyObject* text = PyUnicode_FromStringAndSize(key->data(), static_cast<Py_ssize_t>(key->size()));
  // Interning may be for ever: never what a client makes up.
  if (text != nullptr && field.known != 0) PyUnicode_InternInPlace(&text);
  return PyRef::steal(text);
}

bool Environ::add_base(Attached& py, const app::Exchange& exchange) {
  auto base = make_environ_base(py, options_, exchange.target, exchange.place, file_wrapper_,
                                thread_number_);
  if (!base) return false;
  base_ =
      &bases_.insert_or_assign({exchange.place.number, exchange.target.number}, std::move(*base))
           .first->second;
  return true;
}

bool Environ::add_layout(Attached& py, const app::Exchange& exchange) {
  const std::span<const http::Field> fields = exchange.request.fields;
  std::vector<PyRef> keys;
  for (const http::Field& field : fields) {
    keys.push_back(key_of(py, field, exchange.place));
    if (!keys.back() && PyErr_Occurred() != nullptr) return false;
  }
  auto layout = Layout::make(py, *base_, fields, keys);
  if (!layout) return false;
  if (layouts_.size() == kLayouts) layouts_.pop_back();
  layouts_.insert(layouts_.begin(), std::move(layout));
  return true;
}

PyRef Environ::build(Attached& py, const app::Exchange& exchange, PyObject* input,
                     PyObject* errors) {
  if (base_ == nullptr && !add_base(py, exchange)) return {};
  if (!is_fitting_) {
    if (!add_layout(py, exchange)) return {};
    layouts_.front()->compare(values_, exchange.request.fields);
  }
  PyRef environ = layouts_.front()->copy(py, exchange);
  if (!environ || PyDict_SetItem(environ.get(), input_key_.get(), input) < 0 ||
      PyDict_SetItem(environ.get(), errors_key_.get(), errors) < 0 ||
      !variables_.add(py, exchange.variables, environ.get(), base_->dictionary.get())) {
    return {};
  }
  return environ;
}

}  // namespace forkloom::wsgi
