#pragma once

// A script as a module: "_wsgi_<hash of its path>", so that pickling, __name__ guards and
// sys.modules work as in any module, and two scripts of one file name do not meet. Its __mtime__
// says which state of the file it is.

#include <string>

#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/load_failure.h"
#include "wsgi/script_file.h"

namespace forkloom::wsgi {

// Runs the script as a new module, in place of one that is in sys.modules. `stamp` was taken
// before. Where its code raises the module is gone again.
Loaded<python::PyRef> run_script(python::Attached& py, const std::string& path,
                                 const ScriptStamp& stamp);

// The module that another did run of this state of the file (WSGIImportScript); null where there is
// none.
python::PyRef imported_script(python::Attached& py, const std::string& path,
                              const ScriptStamp& stamp);

}  // namespace forkloom::wsgi
