#pragma once

// CPython as a runtime for a worker: WSGI 1.0.1 (PEP 3333) applications in one interpreter.
//
// The lifecycle thread makes and destroys it, attached. Between the two it must be detached
// (python::Detached) while request threads come, since attach() waits for the GIL.

#include <memory>

#include "app/runtime.h"
#include "base/log.h"
#include "base/result.h"
#include "python/interpreter.h"
#include "wsgi/applications.h"
#include "wsgi/interpreter_state.h"
#include "wsgi/options.h"

namespace forkloom::wsgi {

class WsgiRuntime final : public app::Runtime {
 public:
  // `log` outlives the runtime and every object that an application may have kept, so in practice
  // the process.
  static Result<std::unique_ptr<WsgiRuntime>> make(python::Attached& py, Options options, Log& log);

  // Lifecycle thread. Loads the target now, instead of at its first request. The error says what is
  // wrong for whoever started the server.
  Result<void> preload(python::Attached& py, const app::Target& target);

  // On the thread that will serve, detached.
  std::unique_ptr<app::RequestThread> attach(int number) override;

 private:
  WsgiRuntime(python::Interpreter interpreter, InterpreterState state, Options options, Log& log);

  python::Interpreter interpreter_;
  InterpreterState state_;
  Options options_;
  Log& log_;
  Applications applications_;
};

}  // namespace forkloom::wsgi
