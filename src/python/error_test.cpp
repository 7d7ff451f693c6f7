#include "python/error.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "python/call.h"
#include "python/text.h"

namespace forkloom::python {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::string error_of(const char* code) {
  Attached py = Attached::by_caller();
  PyRef names = PyRef::steal(PyDict_New());
  PyDict_SetItemString(names.get(), "__builtins__", PyEval_GetBuiltins());
  const PyRef result = PyRef::steal(PyRun_String(code, Py_file_input, names.get(), names.get()));
  EXPECT_FALSE(result);
  std::string text = take_error(py);
  EXPECT_EQ(PyErr_Occurred(), nullptr);
  return text;
}

TEST(Error, DescribesAnExceptionWithItsTraceback) {
  const std::string text = error_of("def f():\n  raise ValueError('no')\nf()");
  EXPECT_THAT(text, StartsWith("Traceback (most recent call last):\n"));
  EXPECT_THAT(text, HasSubstr("line 2, in f"));
  EXPECT_THAT(text, EndsWith("ValueError: no"));
}

TEST(Error, DescribesTheCauseAsWell) {
  const std::string text =
      error_of("try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise KeyError('x') from e");
  EXPECT_THAT(text, HasSubstr("ZeroDivisionError"));
  EXPECT_THAT(text, HasSubstr("direct cause"));
  EXPECT_THAT(text, EndsWith("KeyError: 'x'"));
}

TEST(Error, SystemExitIsOnlyAnotherException) {
  EXPECT_THAT(error_of("raise SystemExit(3)"), EndsWith("SystemExit: 3"));
  EXPECT_THAT(error_of("raise KeyboardInterrupt"), EndsWith("KeyboardInterrupt"));
}

TEST(Error, AnExceptionThatCannotBePrintedStillHasAName) {
  const std::string text =
      error_of("class Bad(Exception):\n  def __str__(self): raise RuntimeError\nraise Bad()");
  EXPECT_THAT(text, HasSubstr("Bad"));
}

TEST(Error, FallsBackWhereTheTracebackModuleFails) {
  const std::string text = error_of(
      "import sys\n"
      "old = sys.modules['traceback'] if 'traceback' in sys.modules else None\n"
      "sys.modules['traceback'] = None\n"
      "raise ValueError('plain')");
  EXPECT_THAT(text, StartsWith("ValueError: plain"));
  PyRun_SimpleString("import sys; del sys.modules['traceback']; import traceback");
}

TEST(Error, NoExceptionIsASystemError) {
  Attached py = Attached::by_caller();
  EXPECT_THAT(take_error(py), HasSubstr("SystemError"));
}

TEST(Text, Latin1RoundTripsEveryByte) {
  Attached py = Attached::by_caller();
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const PyRef text = from_latin1(py, std::string_view(bytes).substr(0, size));
    ASSERT_TRUE(text);
    EXPECT_EQ(latin1_view(py, text.get()), bytes.substr(0, size));
  }
}

TEST(Text, AsciiIsSeenAtEveryPlace) {
  for (std::size_t size = 1; size < 40; ++size) {
    std::string bytes(size, 'x');
    EXPECT_TRUE(is_ascii(bytes));
    for (std::size_t at = 0; at < size; ++at) {
      bytes[at] = '\x80';
      EXPECT_FALSE(is_ascii(bytes));
      bytes[at] = 'x';
    }
  }
}

TEST(Text, WideCharactersAreNotLatin1) {
  Attached py = Attached::by_caller();
  const PyRef text = PyRef::steal(PyUnicode_FromString("\u20ac"));
  EXPECT_EQ(latin1_view(py, text.get()), std::nullopt);
  EXPECT_EQ(to_utf8(py, text.get()), "\u20ac");
}

TEST(Text, LoneSurrogatesBecomeEscapes) {
  Attached py = Attached::by_caller();
  const PyRef text = PyRef::steal(PyUnicode_DecodeFSDefaultAndSize("a\xff", 2));
  EXPECT_EQ(to_utf8(py, text.get()), "a\\udcff");
}

TEST(Call, FailureBringsTheTraceback) {
  Attached py = Attached::by_caller();
  const auto missing = import_module(py, "forkloom_no_such_module");
  ASSERT_FALSE(missing);
  const std::string& text = missing.error().message();
  EXPECT_TRUE(text.starts_with("Traceback (most recent call last):\n")) << text;
  EXPECT_TRUE(text.ends_with("ModuleNotFoundError: No module named 'forkloom_no_such_module'"))
      << text;
  const auto math = import_module(py, "math");
  ASSERT_TRUE(math);
  const auto sqrt = get_attribute(py, *math, "sqrt");
  ASSERT_TRUE(sqrt);
  std::vector<PyRef> arguments;
  arguments.push_back(PyRef::steal(PyFloat_FromDouble(9)));
  const auto root = call(py, *sqrt, arguments);
  ASSERT_TRUE(root);
  EXPECT_EQ(PyFloat_AsDouble(root->get()), 3);
  arguments[0] = PyRef::steal(PyFloat_FromDouble(-9));
  EXPECT_FALSE(call(py, *sqrt, arguments));
  EXPECT_EQ(PyErr_Occurred(), nullptr);
}

}  // namespace
}  // namespace forkloom::python
