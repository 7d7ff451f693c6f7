#include "python/interpreter.h"

#include <thread>

#include <gtest/gtest.h>

#include "python/call.h"
#include "python/error.h"

namespace forkloom::python {
namespace {

PyRef run_code(Attached& /*py*/, const char* code, PyObject* names) {
  return PyRef::steal(PyRun_String(code, Py_file_input, names, names));
}

PyRef new_names(Attached& /*py*/) {
  PyRef names = PyRef::steal(PyDict_New());
  PyDict_SetItemString(names.get(), "__builtins__", PyEval_GetBuiltins());
  return names;
}

TEST(Interpreter, AThreadAttachesAndDetachesManyTimesWithOneState) {
  Attached main = Attached::by_caller();
  const Interpreter interpreter = Interpreter::current();
  PyRef names = new_names(main);
  {
    Detached detached(main);
    std::thread([&] {
      ThreadState state(interpreter);
      for (int i = 0; i < 100; ++i) {
        Attached py(state);
        EXPECT_EQ(PyThreadState_Get(), state.get());
        EXPECT_TRUE(run_code(py, "x = len('abc')", names.get()));
      }
    }).join();
  }
  EXPECT_EQ(PyLong_AsLong(PyDict_GetItemString(names.get(), "x")), 3);
}

TEST(Interpreter, ThreadLocalsSurviveBetweenAttachments) {
  Attached main = Attached::by_caller();
  const Interpreter interpreter = Interpreter::current();
  PyRef names = new_names(main);
  ASSERT_TRUE(
      run_code(main, "import threading; local = threading.local(); seen = []", names.get()));
  {
    Detached detached(main);
    std::thread([&] {
      ThreadState state(interpreter);
      for (int i = 0; i < 3; ++i) {
        Attached py(state);
        EXPECT_TRUE(run_code(py,
                             "local.n = getattr(local, 'n', 0) + 1\n"
                             "seen.append(local.n)",
                             names.get()));
      }
    }).join();
  }
  ASSERT_TRUE(run_code(main, "assert seen == [1, 2, 3], seen", names.get()));
}

TEST(Interpreter, AnExtensionsEnsureFindsTheStateThatIsAttached) {
  Attached main = Attached::by_caller();
  const Interpreter interpreter = Interpreter::current();
  Detached detached(main);
  std::thread([&] {
    ThreadState first(interpreter);
    ThreadState second(interpreter);  // as for a second interpreter
    for (ThreadState* state : {&first, &second, &first}) {
      Attached py(*state);
      const PyGILState_STATE before = PyGILState_Ensure();
      EXPECT_EQ(PyThreadState_Get(), state->get());
      PyGILState_Release(before);
      EXPECT_EQ(PyThreadState_Get(), state->get());
    }
  }).join();
}

TEST(Interpreter, DetachedLetsOthersRun) {
  Attached main = Attached::by_caller();
  EXPECT_EQ(PyGILState_Check(), 1);
  {
    Detached detached(main);
    EXPECT_EQ(PyGILState_Check(), 0);
  }
  EXPECT_EQ(PyGILState_Check(), 1);
}

TEST(PyRef, CountsReferences) {
  PyRef list = PyRef::steal(PyList_New(0));
  EXPECT_EQ(Py_REFCNT(list.get()), 1);
  {
    const PyRef second = PyRef::borrow(list.get());
    EXPECT_EQ(Py_REFCNT(list.get()), 2);
  }
  EXPECT_EQ(Py_REFCNT(list.get()), 1);
  PyRef moved = std::move(list);
  EXPECT_EQ(Py_REFCNT(moved.get()), 1);
  PyObject* raw = moved.release();
  EXPECT_FALSE(moved);
  Py_DECREF(raw);
}

}  // namespace
}  // namespace forkloom::python
