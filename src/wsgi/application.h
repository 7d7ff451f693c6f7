#pragma once

// Finding an application: a script file or a module, and in it a callable.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

struct ApplicationSpec {
  enum class Kind : std::uint8_t { kScript, kModule };

  Kind kind = Kind::kScript;
  std::string script_path;               // absolute; where kind is kScript
  std::string module;                    // where kind is kModule; may be dotted
  std::string callable = "application";  // may be dotted: "app.wsgi_app"
  bool is_factory = false;               // call it once, without arguments, to get the application
  std::string mount_point;               // "" or "/prefix"
};

// An application that stands ready. Dropped attached.
struct Application {
  ApplicationSpec spec;
  python::PyRef callable;
};

// Lifecycle thread, main interpreter. The error says what is wrong for whoever started the server:
// Python's traceback where the code raised, the callables that are there where the named one is
// missing, the type of what is no callable.
//
// A script runs as the module "_wsgi_<hash of its path>", so that pickling, __name__ guards and
// sys.modules work as in any module, and two scripts of one file name do not meet.
Result<Application> load_application(python::Attached& py, const ApplicationSpec& spec);

}  // namespace forkloom::wsgi
