#pragma once

// Keeps attached threads apart for a few instructions that do not detach: copying a reference,
// exchanging one. The GIL does so already, so that it costs nothing there, but ThreadSanitizer does
// not see the GIL. Used with std::lock_guard; what an exchange took out is dropped after the guard
// is gone.

#include <mutex>

#include "python/api.h"

namespace forkloom::wsgi {

#if defined(Py_GIL_DISABLED) || defined(__SANITIZE_THREAD__)
using AttachedGuard = std::mutex;
#else
class AttachedGuard {
 public:
  void lock() {}
  void unlock() {}
};
#endif

}  // namespace forkloom::wsgi
