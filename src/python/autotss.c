// The key lives in CPython's internal headers, which only C can include.
#include <patchlevel.h>
#if PY_VERSION_HEX < 0x030c0000
#define Py_BUILD_CORE 1
#endif
#include "python/autotss.h"

#if PY_VERSION_HEX < 0x030c0000
#include <internal/pycore_runtime.h>
#endif

void forkloom_bind_thread_state(PyThreadState* state) {
#if PY_VERSION_HEX < 0x030c0000
  // Fails only without memory; the key then keeps the older state, which is CPython's own way.
  (void)PyThread_tss_set(&_PyRuntime.gilstate.autoTSSkey, state);
#else
  (void)state;
#endif
}
