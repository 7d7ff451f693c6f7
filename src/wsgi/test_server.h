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
  // source defines `application`; its other names are the test's to look at.
  explicit TestServer(const std::string& source, Options options = {},
                      std::vector<std::string> mount_points = {""})
      : py_(python::Attached::by_caller()), names_(python::PyRef::steal(PyDict_New())) {
    PyDict_SetItemString(names_.get(), "__builtins__", PyEval_GetBuiltins());
    run(source);
    std::vector<Application> applications;
    for (const std::string& mount_point : mount_points) {
      ApplicationSpec spec;
      spec.kind = ApplicationSpec::Kind::kModule;
      spec.module = "test";
      spec.mount_point = mount_point;
      applications.push_back(
          {spec, python::PyRef::borrow(PyDict_GetItemString(names_.get(), "application"))});
      EXPECT_TRUE(applications.back().callable) << "the source defines no application";
    }
    auto runtime = WsgiRuntime::make(py_, std::move(options), log, std::move(applications));
    EXPECT_TRUE(runtime);
    runtime_ = std::move(*runtime);
  }

  void run(const std::string& source) {
    const auto done = python::PyRef::steal(
        PyRun_String(source.c_str(), Py_file_input, names_.get(), names_.get()));
    if (!done) ADD_FAILURE() << python::take_error(py_);
  }
  // str() of a Python expression over the source's names.
  std::string eval(const std::string& expression) {
    const auto value = python::PyRef::steal(PyRun_String(
        ("str(" + expression + ")").c_str(), Py_eval_input, names_.get(), names_.get()));
    if (!value) {
      ADD_FAILURE() << python::take_error(py_);
      return "<error>";
    }
    return PyUnicode_AsUTF8(value.get());
  }

  RecordingResponse serve(const Asked& asked = {}) { return serve_all({asked}).front(); }
  // One after the other on one request thread.
  std::vector<RecordingResponse> serve_all(const std::vector<Asked>& asked) {
    std::vector<RecordingResponse> answers;
    on_request_thread([&](app::RequestThread& thread) {
      for (const Asked& one : asked) {
        PlayedExchange played(one);
        thread.serve(played.exchange());
        EXPECT_EQ(played.response.finishes + played.response.aborts, 1);
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

 private:
  python::Attached py_;
  python::PyRef names_;
  std::unique_ptr<WsgiRuntime> runtime_;
};

}  // namespace forkloom::wsgi
