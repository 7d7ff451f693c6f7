#pragma once

// One thread that serves requests with WSGI applications of one interpreter: app::RequestThread for
// CPython. A request costs one attachment where the application is loaded and returns a list or a
// tuple.

#include <memory>
#include <optional>
#include <vector>

#include "app/runtime.h"
#include "base/log.h"
#include "python/interpreter.h"
#include "wsgi/answer.h"
#include "wsgi/applications.h"
#include "wsgi/delivery.h"
#include "wsgi/environ.h"
#include "wsgi/error_stream.h"
#include "wsgi/input.h"
#include "wsgi/interpreter_state.h"
#include "wsgi/options.h"
#include "wsgi/start_response.h"

namespace forkloom::wsgi {

class WsgiRequestThread final : public app::RequestThread {
 public:
  // All outlive it.
  WsgiRequestThread(python::Interpreter interpreter, const InterpreterState& state,
                    const Options& options, Log& log, Applications& applications, int number);
  ~WsgiRequestThread() override;

  void serve(const app::Exchange& exchange) noexcept override;

 private:
  // What is left to do once the thread is detached for good. status: of a refusal.
  struct Outcome {
    Delivery::Rest rest = Delivery::Rest::kAbort;
    int status = 500;
  };

  TargetCode& code_of(const app::Target& target);
  // The attached part of a request: finds the application, runs it.
  Outcome run(python::Attached& py, const app::Exchange& exchange, TargetCode& code,
              const std::optional<ScriptStamp>& stamp);
  Delivery::Rest call(python::Attached& py, const app::Exchange& exchange,
                      const python::PyRef& application);

  Applications& applications_;
  std::vector<TargetCode*> codes_;  // by the target's number; nullptr where not asked for yet
  Log& log_;
  python::ThreadState thread_state_;
  std::unique_ptr<Environ> environ_;
  Answer answer_;
  StartResponse start_response_;
  Input input_;
  ErrorStream error_stream_;
  Delivery delivery_;
};

}  // namespace forkloom::wsgi
