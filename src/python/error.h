#pragma once

// Python's exceptions on their way into our logs and errors.

#include <string>

#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::python {

// Takes the exception that is set, as an instance with its traceback. None may be set: then a
// SystemError, since a call that failed must have set one.
PyRef take_exception(Attached& py);

// As Python prints it: traceback, chained exceptions, notes; lines without a final line feed.
// Falls back to the type and the text, then to the type alone, where printing raises itself.
std::string describe_exception(Attached& py, const PyRef& exception);

// Both in one: what is set, described and cleared.
std::string take_error(Attached& py);
// The same without the frames of the import machinery, which hide where a module failed.
std::string take_import_error(Attached& py);

}  // namespace forkloom::python
