#pragma once

// Up to CPython 3.11 PyGILState_Ensure takes the thread's state from a thread-specific key that
// holds the first state the thread ever had. An extension that calls it would then enter that
// state's interpreter, or wait for itself, when the thread runs in another one. So we rebind the
// key at each attachment. From 3.12 CPython does that itself and this does nothing.

#include "python/api.h"

#ifdef __cplusplus
extern "C" {
#endif

// The thread that owns `state` calls it right before it attaches. Needs no GIL.
void forkloom_bind_thread_state(PyThreadState* state);

#ifdef __cplusplus
}
#endif
