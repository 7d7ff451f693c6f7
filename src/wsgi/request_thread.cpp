#include "wsgi/request_thread.h"

#include <array>
#include <cstdlib>
#include <utility>

namespace forkloom::wsgi {

using python::Attached;
using python::PyRef;

WsgiRequestThread::WsgiRequestThread(python::Interpreter interpreter, const InterpreterState& state,
                                     const Options& options, Log& log,
                                     std::span<const Application> applications, int number)
    : applications_(applications),
      log_(log),
      thread_state_(interpreter),
      start_response_(state.start_response.get(), state.write.get()),
      input_(state.input.get()),
      error_stream_(state.error_stream.get(), log),
      delivery_(state, answer_, log) {
  std::string trouble;
  {
    Attached py(thread_state_);
    auto environ = Environ::make(py, options, applications, state.file_wrapper.get(), number);
    if (environ) {
      environ_ = std::move(*environ);
    } else {
      trouble = environ.error().message();
    }
  }
  if (environ_) return;
  log_.write(Level::kCritical, "a request thread cannot start:\n{}", trouble);  // out of memory
  std::abort();
}

WsgiRequestThread::~WsgiRequestThread() {
  Attached py(thread_state_);
  delivery_.drop_blocks(py);
  environ_.reset();
  start_response_.drop(py);
  input_.drop(py);
  error_stream_.drop(py);
}

const Application* WsgiRequestThread::find_application(std::string_view mount_point) const {
  for (const Application& application : applications_) {
    if (application.spec.mount_point == mount_point) return &application;
  }
  return nullptr;
}

void WsgiRequestThread::serve(const app::Exchange& exchange) noexcept {
  const Application* application = find_application(exchange.mount_point);
  if (application == nullptr) {
    log_.write_for(exchange.request_id, Level::kCritical, "no application is mounted at '{}'",
                   exchange.mount_point);
    std::abort();  // routing and runtime disagree: a defect of ours
  }
  environ_->prepare(exchange, static_cast<std::size_t>(application - applications_.data()));
  answer_.begin(exchange.response);
  delivery_.begin(exchange);
  auto rest = Delivery::Rest::kAbort;
  {
    Attached py(thread_state_);
    delivery_.drop_blocks(py);  // of the last request
    rest = run(py, exchange, *application);
  }
  if (rest == Delivery::Rest::kSendBlocks) {
    const bool is_gone = delivery_.send_blocks() == app::Sent::kGone;
    rest = is_gone ? Delivery::Rest::kAbort : Delivery::Rest::kFinish;
  }
  // The exchange is gone after this.
  if (rest == Delivery::Rest::kFinish) {
    exchange.response.finish();
  } else {
    exchange.response.abort();
  }
  if (delivery_.has_large_blocks()) {
    Attached py(thread_state_);
    delivery_.drop_blocks(py);
  }
}

Delivery::Rest WsgiRequestThread::run(Attached& py, const app::Exchange& exchange,
                                      const Application& application) {
  auto rest = Delivery::Rest::kAbort;
  PyObject* input = input_.begin(py, exchange.body);
  PyObject* errors = error_stream_.begin(py, exchange.request_id);
  PyObject* start_response = start_response_.begin(py, answer_);
  PyRef environ;
  if (input != nullptr && errors != nullptr && start_response != nullptr) {
    environ = environ_->build(py, exchange, input, errors);
  }
  if (environ) {
    // The first place is free for the callee to use (PEP 590).
    std::array<PyObject*, 3> arguments = {nullptr, environ.get(), start_response};
    auto result = PyRef::steal(PyObject_Vectorcall(application.callable.get(), arguments.data() + 1,
                                                   2 | PY_VECTORCALL_ARGUMENTS_OFFSET, nullptr));
    rest = delivery_.deliver(py, std::move(result));
  } else {
    delivery_.report(py, "no environ could be made");
  }
  environ.reset();
  start_response_.end(py);
  input_.end(py);
  error_stream_.end(py);
  return rest;
}

}  // namespace forkloom::wsgi
