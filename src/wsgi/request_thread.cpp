#include "wsgi/request_thread.h"

#include <array>
#include <cstdlib>
#include <string>
#include <utility>

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;
using Rest = Delivery::Rest;

// Detached.
void report(const app::Exchange& exchange, const LoadFailure& failure) {
  if (failure.text.empty()) return;
  exchange.place.log->write_for(exchange.request_id, Level::kError, "{} {}: {}",
                                exchange.request.method, exchange.request.target, failure.text);
}

}  // namespace

WsgiRequestThread::WsgiRequestThread(python::Interpreter interpreter, const InterpreterState& state,
                                     const Options& options, Log& log, Applications& applications,
                                     int number)
    : applications_(applications),
      log_(log),
      thread_state_(interpreter),
      start_response_(state.start_response.get(), state.write.get()),
      input_(state.input.get()),
      error_stream_(state.error_stream.get()),
      delivery_(state, answer_) {
  std::string trouble;
  {
    Attached py(thread_state_);
    auto environ = Environ::make(py, options, state.file_wrapper.get(), number);
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

TargetCode& WsgiRequestThread::code_of(const app::Target& target) {
  if (codes_.size() <= target.number) codes_.resize(target.number + 1);
  TargetCode*& code = codes_[target.number];
  if (code == nullptr) code = &applications_.code_of(target);
  return *code;
}

void WsgiRequestThread::serve(const app::Exchange& exchange) noexcept {
  TargetCode& code = code_of(exchange.target);
  const auto stamp = code.look(exchange.place);
  if (!stamp) {
    report(exchange, stamp.error());
    exchange.response.refuse(stamp.error().status);
    return;
  }
  environ_->prepare(exchange);
  answer_.begin(exchange.response, exchange.place.overrides_errors);
  delivery_.begin(exchange);
  Outcome outcome;
  {
    Attached py(thread_state_);
    delivery_.drop_blocks(py);  // of the last request
    outcome = run(py, exchange, code, *stamp);
  }
  if (outcome.rest == Rest::kSendBlocks) {
    const bool is_gone = delivery_.send_blocks() == app::Sent::kGone;
    outcome.rest = is_gone ? Rest::kAbort : Rest::kFinish;
  }
  // The exchange is gone after this.
  switch (outcome.rest) {
    case Rest::kRefuse:
      exchange.response.refuse(outcome.status);
      break;
    case Rest::kAbort:
      exchange.response.abort();
      break;
    case Rest::kSendBlocks:
    case Rest::kFinish:
      exchange.response.finish();
      break;
  }
  if (delivery_.has_large_blocks()) {
    Attached py(thread_state_);
    delivery_.drop_blocks(py);
  }
}

WsgiRequestThread::Outcome WsgiRequestThread::run(Attached& py, const app::Exchange& exchange,
                                                  TargetCode& code,
                                                  const std::optional<ScriptStamp>& stamp) {
  auto application = code.application(py, stamp,
                                      {.log = *exchange.place.log,
                                       .request_id = exchange.request_id,
                                       .is_daemon = !exchange.place.process_group.empty()});
  if (!application) {
    const Detached detached(py);
    report(exchange, application.error());
    return {Rest::kRefuse, application.error().status};
  }
  const Rest rest = call(py, exchange, *application);
  return {rest, answer_.head().status()};
}

Delivery::Rest WsgiRequestThread::call(Attached& py, const app::Exchange& exchange,
                                       const PyRef& application) {
  auto rest = Rest::kAbort;
  PyObject* input = input_.begin(py, exchange.body);
  PyObject* errors = error_stream_.begin(py, exchange.request_id, *exchange.place.log);
  PyObject* start_response = start_response_.begin(py, answer_);
  PyRef environ;
  if (input != nullptr && errors != nullptr && start_response != nullptr) {
    environ = environ_->build(py, exchange, input, errors);
  }
  if (environ) {
    // The first place is free for the callee to use (PEP 590).
    std::array<PyObject*, 3> arguments = {nullptr, environ.get(), start_response};
    auto result = PyRef::steal(PyObject_Vectorcall(application.get(), arguments.data() + 1,
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
