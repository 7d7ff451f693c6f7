#pragma once

// One method of an object at a time where threads run Python in parallel; the GIL does that
// elsewhere. Let go while the thread is detached: look at the object's state again after it.

#include "python/api.h"

namespace forkloom::wsgi {

class CriticalSection {
 public:
#ifdef Py_GIL_DISABLED
  explicit CriticalSection(PyObject* object) { PyCriticalSection_Begin(&section_, object); }
  ~CriticalSection() { PyCriticalSection_End(&section_); }
#else
  explicit CriticalSection(PyObject* /*object*/) {}
  // Not trivial, so that a guard that is only declared is no unused variable.
  ~CriticalSection() {}  // NOLINT(modernize-use-equals-default)
#endif
  CriticalSection(const CriticalSection&) = delete;
  CriticalSection& operator=(const CriticalSection&) = delete;

#ifdef Py_GIL_DISABLED
 private:
  PyCriticalSection section_;
#endif
};

}  // namespace forkloom::wsgi
