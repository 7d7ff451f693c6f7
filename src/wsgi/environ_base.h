#pragma once

// What is the same in every environ of one application on one request thread.

#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/application.h"
#include "wsgi/options.h"

namespace forkloom::wsgi {

// A dictionary with interned keys. wsgi.input and wsgi.errors are None, for each request to set.
Result<python::PyRef> make_environ_base(python::Attached& py, const Options& options,
                                        const Application& application, PyObject* file_wrapper,
                                        int thread_number);

}  // namespace forkloom::wsgi
