#pragma once

// What stands in place of sys.stdin or sys.stdout where the server keeps them from applications:
// any use but flush(), which has nothing to do, raises OSError.

#include <string>

#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

// name: "sys.stdin"; directive: which one forbids it. Both are for the error's text.
Result<python::PyRef> make_restricted_stream(python::Attached& py, const std::string& name,
                                             const std::string& directive);

}  // namespace forkloom::wsgi
