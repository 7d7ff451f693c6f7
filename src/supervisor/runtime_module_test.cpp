#include "supervisor/runtime_module.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "os/capture.h"
#include "supervisor/interpreter_choice.h"
#include "supervisor/testing_folder.h"

namespace forkloom::supervisor {
namespace {

using testing::HasSubstr;

class FindRuntimeModule : public FolderTest {
 protected:
  const Interpreter python_{"/venv/bin/python", "3.12.1", ".cpython-312-x86_64-linux-gnu.so",
                            false};
  static constexpr const char* kName = "forkloom_runtime.cpython-312-x86_64-linux-gnu.so";
};

TEST_F(FindRuntimeModule, LooksBesideTheBinaryFirstThenInTheInstallation) {
  const std::string installed = write(std::string("lib/forkloom/") + kName, "");
  EXPECT_EQ(find_runtime_module(python_, folder_ / "bin"), installed);
  const std::string beside = write(std::string("bin/") + kName, "");
  EXPECT_EQ(find_runtime_module(python_, folder_ / "bin"), beside);
}

TEST_F(FindRuntimeModule, AMissingModuleIsNamedWithTheCommandThatBuildsIt) {
  const auto found = find_runtime_module(python_, folder_ / "bin");
  ASSERT_FALSE(found.has_value());
  EXPECT_THAT(found.error().message(), HasSubstr("no runtime module for Python 3.12.1"));
  EXPECT_THAT(found.error().message(), HasSubstr((folder_ / "bin" / kName).string()));
  EXPECT_THAT(found.error().message(),
              HasSubstr("cmake --preset release -DFORKLOOM_PYTHONS=/venv/bin/python && "
                        "cmake --build build"));
}

TEST(BinaryFolder, HoldsThisTest) {
  const auto folder = binary_folder();
  ASSERT_TRUE(folder.has_value());
  EXPECT_TRUE(std::filesystem::exists(*folder / "forkloom_supervisor_test"));
}

class RuntimeProgram : public FolderTest {};

// The start is shown with an extension module of the interpreter's own standard library: it has no
// main(), so it gets as far as the call. Files of the application that bear names of the standard
// library must not come in the way.
TEST_F(RuntimeProgram, LoadsTheModuleFromItsPathWhateverTheApplicationsFilesAreCalled) {
  const Interpreter python = probe_interpreter(choose_interpreter("python3").value()).value();
  const os::Program find = {python.executable,
                            {"python3", "-c", "import _json; print(_json.__file__, end='')"},
                            os::environment()};
  const auto module = os::run_and_capture(find, seconds(60));
  ASSERT_TRUE(module.has_value());
  if (module->out.empty()) GTEST_SKIP() << "_json is built into this interpreter";

  const std::string trap = "raise SystemExit('the file of the application was imported')";
  for (const char* name : {"importlib.py", "types.py", "warnings.py", "contextlib.py"}) {
    write(name, trap);
  }
  os::Program program = runtime_program(python, module->out);
  program.arguments.push_back("7");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_);
  const auto captured = os::run_and_capture(program, seconds(60));
  std::filesystem::current_path(before);
  ASSERT_TRUE(captured.has_value());
  EXPECT_THAT(captured->err, HasSubstr("dynamic module does not define"));
  EXPECT_THAT(captured->err, HasSubstr("PyInit_forkloom_runtime"));
}

}  // namespace
}  // namespace forkloom::supervisor
