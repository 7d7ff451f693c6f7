#pragma once

// What the configuration adds to an environ: SetEnv's variables and their like. It cannot change
// what the request itself says, nor a key that PEP 3333 or the server gives a meaning.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

enum class Standing : std::uint8_t {
  kOurs,   // never set by a variable: wsgi.*, forkloom.*, REQUEST_METHOD, ...
  kField,  // set where the request has no such field: HTTP_*, CONTENT_TYPE
  kFree,
};
Standing standing_of(std::string_view name);

// As Latin-1; DOCUMENT_ROOT and SCRIPT_FILENAME, which are paths, as Python has file names. Null
// with an exception set.
python::PyRef variable_value(python::Attached& py, const app::Variable& variable);

// The variables of single requests. It remembers the last ones, since most requests have the same.
// Belongs to one request thread; dropped attached.
class RequestVariables {
 public:
  // `base`: the environ as it is without the request. false with an exception set.
  bool add(python::Attached& py, std::span<const app::Variable> variables, PyObject* environ,
           PyObject* base);

 private:
  struct Known {
    app::Variable variable;
    Standing standing = Standing::kOurs;
    python::PyRef key;
    python::PyRef value;
  };
  bool remember(python::Attached& py, Known& known, const app::Variable& variable);

  std::vector<Known> known_;  // by their place in a request's list
};

}  // namespace forkloom::wsgi
