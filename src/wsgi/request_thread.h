#pragma once

// One thread that serves requests with WSGI applications of one interpreter: app::RequestThread for
// CPython. A request costs one attachment where the application returns a list or a tuple.

#include <memory>
#include <span>

#include "app/runtime.h"
#include "base/log.h"
#include "python/interpreter.h"
#include "wsgi/answer.h"
#include "wsgi/application.h"
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
                    const Options& options, Log& log, std::span<const Application> applications,
                    int number);
  ~WsgiRequestThread() override;

  void serve(const app::Exchange& exchange) noexcept override;

 private:
  // The attached part of a request.
  Delivery::Rest run(python::Attached& py, const app::Exchange& exchange,
                     const Application& application);
  const Application* find_application(std::string_view mount_point) const;

  std::span<const Application> applications_;
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
