#pragma once

// Calls into Python off the request path: what Python raises comes back as an Error that holds
// the traceback.

#include <span>
#include <string>

#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::python {

// A new reference, or the exception that the call left behind.
Result<PyRef> checked(Attached& py, PyObject* new_reference);

// importlib.import_module: the module itself also for a dotted name.
Result<PyRef> import_module(Attached& py, const std::string& name);
Result<PyRef> get_attribute(Attached& py, const PyRef& object, const std::string& name);
Result<PyRef> call(Attached& py, const PyRef& callable, std::span<const PyRef> arguments);

}  // namespace forkloom::python
