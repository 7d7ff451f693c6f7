#include "supervisor/interpreter_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "supervisor/interpreter_choice.h"
#include "supervisor/testing_folder.h"

namespace forkloom::supervisor {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

class ProbeInterpreter : public FolderTest {
 protected:
  std::string error_of_script(const std::string& script) const {
    const auto probed = probe_interpreter(write("python", "#!/bin/sh\n" + script, true));
    return probed ? "is a Python" : probed.error().message();
  }
};

Interpreter real_python() {
  return probe_interpreter(choose_interpreter("python3").value()).value();
}

TEST_F(ProbeInterpreter, LearnsWhatARealPythonIs) {
  const Interpreter python = real_python();
  EXPECT_THAT(python.version, MatchesRegex("3\\.1[0-4]\\.[0-9]+"));
  EXPECT_THAT(python.extension_suffix, EndsWith(".so"));
  EXPECT_THAT(python.executable, StartsWith("/"));
}

TEST_F(ProbeInterpreter, AVirtualEnvironmentIsRunByItsOwnPath) {
  const std::filesystem::path base = real_python().executable;
  write("venv/pyvenv.cfg", "home = " + base.parent_path().string() + "\n");
  std::filesystem::create_directories(folder_ / "venv/bin");
  std::filesystem::create_symlink(base, folder_ / "venv/bin/python");
  const auto probed = probe_interpreter(folder_ / "venv/bin/python");
  ASSERT_TRUE(probed.has_value()) << probed.error().message();
  EXPECT_EQ(probed->executable, (folder_ / "venv/bin/python").string());
}

TEST_F(ProbeInterpreter, ALauncherScriptLeadsToTheInterpreterItChose) {
  const Interpreter python = real_python();
  const auto probed = probe_interpreter(
      write("python3", "#!/bin/sh\necho chatter\nexec '" + python.executable + "' \"$@\"\n", true));
  ASSERT_TRUE(probed.has_value()) << probed.error().message();
  EXPECT_EQ(probed->executable, python.executable);
}

TEST_F(ProbeInterpreter, AnUnsupportedVersionIsNamed) {
  const auto answer = [this](const std::string& implementation, const std::string& version) {
    return error_of_script("echo 'forkloom-probe:{\"implementation\": \"" + implementation +
                           "\", \"executable\": \"/p\", \"version\": " + version +
                           ", \"suffix\": \".so\", \"free\": false}'\n");
  };
  EXPECT_EQ(answer("cpython", "[3, 10, 0]"), "is a Python");
  EXPECT_EQ(answer("cpython", "[3, 14, 9]"), "is a Python");
  EXPECT_THAT(answer("cpython", "[3, 9, 18]"),
              HasSubstr("is Python 3.9.18: applications run on CPython 3.10 to 3.14"));
  EXPECT_THAT(answer("cpython", "[3, 15, 0]"), HasSubstr("is Python 3.15.0"));
  EXPECT_THAT(answer("pypy", "[3, 11, 1]"), HasSubstr("is pypy 3.11.1: applications run on"));
  EXPECT_THAT(error_of_script("echo 'Unknown option: -I' >&2; exit 2"),
              HasSubstr("is a Python older than 3.4"));
}

TEST_F(ProbeInterpreter, WhatIsNoPythonIsShownByWhatItSaid) {
  EXPECT_THAT(
      error_of_script("printf 'Fatal Python error\\nno module encodings\\n\\n' >&2; exit 1"),
      HasSubstr("did not answer as a Python interpreter (no module encodings)"));
  EXPECT_THAT(error_of_script("kill -SEGV $$"), HasSubstr("(signal SIGSEGV"));
  EXPECT_THAT(error_of_script("true"), HasSubstr("(it printed nothing)"));
  EXPECT_THAT(error_of_script("echo 'forkloom-probe:{}'"), HasSubstr("did not answer"));
  const auto no_program = probe_interpreter(write("python3", "no program", true));
  ASSERT_FALSE(no_program.has_value());
  EXPECT_THAT(no_program.error().message(), HasSubstr("Exec format error"));
}

}  // namespace
}  // namespace forkloom::supervisor
