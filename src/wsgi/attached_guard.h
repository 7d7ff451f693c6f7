#pragma once

// Keeps attached threads apart for a few instructions that do not detach: copying a reference,
// exchanging one. The GIL does so already, so that it costs nothing there. Used with
// std::lock_guard; what an exchange took out is dropped after the guard is gone.

#include <mutex>

#include "python/api.h"

namespace forkloom::wsgi {

#ifdef Py_GIL_DISABLED
using AttachedGuard = std::mutex;
#else
class AttachedGuard {
 public:
  void lock() {}
  void unlock() {}
};
#endif

}  // namespace forkloom::wsgi
