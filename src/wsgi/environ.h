#pragma once

// Makes the environ of each request of one request thread (PEP 3333 "environ Variables", the keys
// of mod_wsgi, and forkloom.*). Made, used and dropped on that thread; all but prepare() attached.

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "app/exchange.h"
#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/environ_base.h"
#include "wsgi/environ_variables.h"
#include "wsgi/layout.h"
#include "wsgi/options.h"
#include "wsgi/request_values.h"

namespace forkloom::wsgi {

class Environ {
 public:
  // options outlives it; file_wrapper: the type.
  static Result<std::unique_ptr<Environ>> make(python::Attached& py, const Options& options,
                                               PyObject* file_wrapper, int thread_number);

  // Detached: finds out what differs from the thread's last requests.
  void prepare(const app::Exchange& exchange);
  // The environ of the exchange given to prepare(). A dictionary that belongs to the application;
  // null with an exception set.
  python::PyRef build(python::Attached& py, const app::Exchange& exchange, PyObject* input,
                      PyObject* errors);

 private:
  Environ(const Options& options, PyObject* file_wrapper, int thread_number)
      : options_(options), file_wrapper_(file_wrapper), thread_number_(thread_number) {}

  // The field's environ key; null where the field is dropped (no exception set) or
  // without memory (MemoryError set).
  python::PyRef key_of(python::Attached& py, const http::Field& field, const app::Place& place);
  bool add_base(python::Attached& py, const app::Exchange& exchange);
  bool add_layout(python::Attached& py, const app::Exchange& exchange);

  const Options& options_;
  PyObject* file_wrapper_;  // borrowed for the whole life
  const int thread_number_;
  // By the numbers of place and target.
  std::map<std::pair<std::size_t, std::size_t>, EnvironBase> bases_;
  python::PyRef input_key_;
  python::PyRef errors_key_;
  // The layouts used last, the last one first. Clients of one kind send the same fields, so that a
  // few fit nearly all requests.
  std::vector<std::unique_ptr<Layout>> layouts_;
  bool is_fitting_ = false;            // layouts_[0] fits the request and was compared with it
  const EnvironBase* base_ = nullptr;  // the request's, nullptr where it is to be made
  RequestValues values_;
  RequestVariables variables_;
};

}  // namespace forkloom::wsgi
