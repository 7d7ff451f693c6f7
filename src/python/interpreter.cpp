#include "python/interpreter.h"

#include "python/autotss.h"

namespace forkloom::python {

Interpreter Interpreter::current() { return Interpreter(PyInterpreterState_Get()); }

ThreadState::ThreadState(Interpreter interpreter) : state_(PyThreadState_New(interpreter.get())) {
  if (state_ == nullptr) Py_FatalError("no memory for a thread state");
}

ThreadState::~ThreadState() {
  forkloom_bind_thread_state(state_);
  PyEval_RestoreThread(state_);
  PyThreadState_Clear(state_);
  PyThreadState_DeleteCurrent();
}

Attached::Attached(ThreadState& state) : is_ours_(true) {
  forkloom_bind_thread_state(state.get());
  PyEval_RestoreThread(state.get());
}

Attached::~Attached() {
  if (is_ours_) PyEval_SaveThread();
}

Detached::Detached(Attached& /*py*/) : state_(PyEval_SaveThread()) {}

Detached::~Detached() {
  forkloom_bind_thread_state(state_);
  PyEval_RestoreThread(state_);
}

}  // namespace forkloom::python
