#pragma once

// Serves requests to an application given as source text, each on a request thread of its own or
// all on one, the way a worker does. The tests' thread is attached by the interpreter.

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "python/call.h"
#include "python/error.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/runtime.h"
#include "wsgi/test_exchange.h"

namespace forkloom::wsgi {

class TestServer {
 public:
  // source defines `application` where the test serves it; its other names are the test's to look
  // at.
  explicit TestServer(const std::string& source = "", Options options = {})
      : py_(python::Attached::by_caller()), module_(new_module()) {
    site.target.module = PyModule_GetName(module_.get());
    site.place.log = &log;
    PyDict_SetItemString(names(), "__builtins__", PyEval_GetBuiltins());
    run(source);
    auto runtime = WsgiRuntime::make(py_, std::move(options), log);
    EXPECT_TRUE(runtime);
    runtime_ = std::move(*runtime);
  }

  ~TestServer() { PyDict_DelItemString(PyImport_GetModuleDict(), site.target.module.c_str()); }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  void run(const std::string& source) {
    const auto done =
        python::PyRef::steal(PyRun_String(source.c_str(), Py_file_input, names(), names()));
    if (!done) ADD_FAILURE() << python::take_error(py_);
  }
  // str() of a Python expression over the source's names.
  std::string eval(const std::string& expression) {
    const auto value = python::PyRef::steal(
        PyRun_String(("str(" + expression + ")").c_str(), Py_eval_input, names(), names()));
    if (!value) {
      ADD_FAILURE() << python::take_error(py_);
      return "<error>";
    }
    return PyUnicode_AsUTF8(value.get());
  }

  Result<void> preload(const app::Target& target) { return runtime_->preload(py_, target); }

  RecordingResponse serve(const Asked& asked = {}) { return serve_all({asked}).front(); }
  // One after the other on one request thread.
  std::vector<RecordingResponse> serve_all(const std::vector<Asked>& asked) {
    std::vector<RecordingResponse> answers;
    on_request_thread([&](app::RequestThread& thread) {
      for (const Asked& one : asked) {
        PlayedExchange played(site, one);
        thread.serve(played.exchange());
        EXPECT_EQ(played.response.finishes + played.response.aborts + played.response.refusals, 1);
        answers.push_back(played.response);
      }
    });
    return answers;
  }
  void on_request_thread(const std::function<void(app::RequestThread&)>& work) {
    python::Detached detached(py_);
    std::thread([&] { work(*runtime_->attach(0)); }).join();
  }
  void on_request_threads(int count, const std::function<void(app::RequestThread&, int)>& work) {
    python::Detached detached(py_);
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
      threads.emplace_back([&, i] { work(*runtime_->attach(i), i); });
    }
    for (std::thread& thread : threads) thread.join();
  }

  RecordingLog log;
  // What serve() asks for: the source's `application`, unless a test says otherwise before.
  Site site;

 private:
  // In sys.modules, under a name of its own.
  static python::PyRef new_module() {
    static int count = 0;
    const std::string name = "forkloom_test_source_" + std::to_string(++count);
    return python::PyRef::borrow(PyImport_AddModule(name.c_str()));
  }
  PyObject* names() { return PyModule_GetDict(module_.get()); }

  python::Attached py_;
  python::PyRef module_;
  std::unique_ptr<WsgiRuntime> runtime_;
};

}  // namespace forkloom::wsgi
