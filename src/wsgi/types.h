#pragma once

// Small things that our Python types share.

#include <type_traits>

#include "python/api.h"

namespace forkloom::wsgi {

// CPython's tables hold untyped pointers.
template <typename Function>
void* slot(Function* function) {
  return reinterpret_cast<void*>(function);
}
template <typename Function>
PyCFunction method(Function* function) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

// Frees an instance of a heap type without garbage collection.
inline void free_instance(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

inline PyTypeObject* as_type(PyObject* type) { return reinterpret_cast<PyTypeObject*>(type); }

// Applications get instances of these types, they cannot make or change them.
inline constexpr unsigned kSealedType =
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE;

// An object of ours that the thread may use again for the next request, because the application
// kept no reference. Where threads run in parallel another thread may hold one unseen.
inline bool is_ours_alone(PyObject* object) {
#ifdef Py_GIL_DISABLED
  (void)object;
  return false;
#else
  return Py_REFCNT(object) == 1;
#endif
}

}  // namespace forkloom::wsgi
