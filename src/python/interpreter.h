#pragma once

// Who may touch Python. A native thread has one ThreadState for each interpreter that it works in,
// made once and kept, so that threading.local lives as long as the thread. While an Attached
// exists, its thread runs in that state's interpreter (and holds the GIL, where there is one);
// whatever touches Python takes it as a parameter.

#include "python/api.h"

namespace forkloom::python {

// A handle to an interpreter, which lives until the process or its lifecycle thread ends it.
// Only the main interpreter so far.
class Interpreter {
 public:
  // The interpreter in which the calling thread runs. The thread must be attached.
  static Interpreter current();

  PyInterpreterState* get() const { return state_; }

 private:
  explicit Interpreter(PyInterpreterState* state) : state_(state) {}

  PyInterpreterState* state_;
};

// Made, used and destroyed on one native thread, which is detached when it destroys it: the
// destructor attaches for the last time.
class ThreadState {
 public:
  explicit ThreadState(Interpreter interpreter);
  ~ThreadState();
  ThreadState(const ThreadState&) = delete;
  ThreadState& operator=(const ThreadState&) = delete;

  PyThreadState* get() const { return state_; }

 private:
  PyThreadState* state_;
};

class Attached {
 public:
  // Waits for the GIL. The thread must be detached and own `state`.
  explicit Attached(ThreadState& state);
  ~Attached();
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

  // Proof for a thread that somebody else attached and will detach: CPython called us, or this is
  // the lifecycle thread, which enters with the GIL held.
  static Attached by_caller() { return Attached(); }

 private:
  Attached() = default;

  bool is_ours_ = false;
};

// Lets others run Python while this thread waits for something. No PyRef moves meanwhile.
class Detached {
 public:
  explicit Detached(Attached& py);
  ~Detached();
  Detached(const Detached&) = delete;
  Detached& operator=(const Detached&) = delete;

 private:
  PyThreadState* state_;
};

}  // namespace forkloom::python
