#pragma once

// Makes the environ of each request of one request thread (PEP 3333 "environ Variables", the keys
// of mod_wsgi, and forkloom.*). Made, used and dropped on that thread; all but prepare() attached.

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "app/exchange.h"
#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/application.h"
#include "wsgi/layout.h"
#include "wsgi/options.h"
#include "wsgi/request_values.h"

namespace forkloom::wsgi {

class Environ {
 public:
  // options outlives it; file_wrapper: the type.
  static Result<std::unique_ptr<Environ>> make(python::Attached& py, const Options& options,
                                               std::span<const Application> applications,
                                               PyObject* file_wrapper, int thread_number);

  // Detached: finds out what differs from the thread's last requests.
  void prepare(const app::Exchange& exchange, std::size_t application);
  // The environ of the exchange given to prepare(). A dictionary that belongs to the application;
  // null with an exception set.
  python::PyRef build(python::Attached& py, const app::Exchange& exchange, PyObject* input,
                      PyObject* errors);

 private:
  explicit Environ(const Options& options) : options_(options), values_(options.server_name) {}

  // The field's environ key; null where the field is dropped (no exception set) or
  // without memory (MemoryError set).
  python::PyRef key_of(python::Attached& py, const http::Field& field);
  bool add_layout(python::Attached& py, std::span<const http::Field> fields);

  const Options& options_;
  std::vector<python::PyRef> bases_;  // for each application
  python::PyRef input_key_;
  python::PyRef errors_key_;
  // The layouts used last, the last one first. Clients of one kind send the same fields, so that a
  // few fit nearly all requests.
  std::vector<std::unique_ptr<Layout>> layouts_;
  bool is_fitting_ = false;  // layouts_[0] fits the request and was compared with it
  std::size_t application_ = 0;
  RequestValues values_;
};

}  // namespace forkloom::wsgi
