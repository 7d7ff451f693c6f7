#include "wsgi/runtime.h"

#include <utility>

#include "wsgi/request_thread.h"

namespace forkloom::wsgi {

Result<std::unique_ptr<WsgiRuntime>> WsgiRuntime::make(python::Attached& py, Options options,
                                                       Log& log) {
  auto state = InterpreterState::make(py);
  if (!state) return fail(std::move(state.error()));
  return std::unique_ptr<WsgiRuntime>(
      new WsgiRuntime(python::Interpreter::current(), std::move(*state), std::move(options), log));
}

WsgiRuntime::WsgiRuntime(python::Interpreter interpreter, InterpreterState state, Options options,
                         Log& log)
    : interpreter_(interpreter),
      state_(std::move(state)),
      options_(std::move(options)),
      log_(log) {}

Result<void> WsgiRuntime::preload(python::Attached& py, const app::Target& target) {
  auto loaded =
      applications_.code_of(target).application(py, std::nullopt, {.log = log_, .request_id = {}});
  if (!loaded) return fail(std::move(loaded.error().text));
  return {};
}

std::unique_ptr<app::RequestThread> WsgiRuntime::attach(int number) {
  return std::make_unique<WsgiRequestThread>(interpreter_, state_, options_, log_, applications_,
                                             number);
}

}  // namespace forkloom::wsgi
