#pragma once

// What is the same in every environ of one target at one place, on one request thread.

#include <optional>
#include <utility>
#include <vector>

#include "app/exchange.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/options.h"

namespace forkloom::wsgi {

struct EnvironBase {
  // With interned keys. wsgi.input and wsgi.errors are None, for each request to set.
  python::PyRef dictionary;
  // Variables of the place that take the place of what the request would say: set last.
  std::vector<std::pair<python::PyRef, python::PyRef>> overrides;
};

// nullopt with an exception set.
std::optional<EnvironBase> make_environ_base(python::Attached& py, const Options& options,
                                             const app::Target& target, const app::Place& place,
                                             PyObject* file_wrapper, int thread_number);

}  // namespace forkloom::wsgi
