#include "supervisor/interpreter_choice.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "os/executable.h"
#include "supervisor/testing_folder.h"

namespace forkloom::supervisor {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ChooseInterpreter : public FolderTest {
 protected:
  void SetUp() override {
    FolderTest::SetUp();
    ::unsetenv("VIRTUAL_ENV");
  }
  void TearDown() override {
    ::unsetenv("VIRTUAL_ENV");
    FolderTest::TearDown();
  }

  // A virtual environment's folder whose bin/python leads to `target`.
  std::string make_environment(const std::string& target) const {
    write("venv/pyvenv.cfg", "home = /usr/bin\n");
    std::filesystem::create_directories(folder_ / "venv/bin");
    std::filesystem::create_symlink(target, folder_ / "venv/bin/python");
    return (folder_ / "venv").string();
  }

  static std::string error(const std::string& setting) {
    const auto chosen = choose_interpreter(setting);
    return chosen ? "chose " + *chosen : chosen.error().message();
  }
};

TEST_F(ChooseInterpreter, AVirtualEnvironmentsOwnLinkIsKept) {
  const std::string environment = make_environment("/bin/sh");
  EXPECT_EQ(choose_interpreter(environment), environment + "/bin/python");
  EXPECT_EQ(choose_interpreter(environment + "/"), environment + "/bin/python");
  EXPECT_EQ(choose_interpreter(environment + "/bin/python"), environment + "/bin/python");
}

TEST_F(ChooseInterpreter, WithoutASettingTheActiveEnvironmentIsTaken) {
  const std::string environment = make_environment("/bin/sh");
  ::setenv("VIRTUAL_ENV", environment.c_str(), 1);
  EXPECT_EQ(choose_interpreter(""), environment + "/bin/python");
}

TEST_F(ChooseInterpreter, WithoutAnEnvironmentPython3OnPathIsTaken) {
  EXPECT_EQ(choose_interpreter(""), os::find_on_path("python3").value());
}

TEST_F(ChooseInterpreter, ANameIsLookedUpOnPath) {
  EXPECT_EQ(choose_interpreter("python3"), os::find_on_path("python3").value());
}

TEST_F(ChooseInterpreter, ABrokenEnvironmentIsNamedWithWhatToDo) {
  const std::string environment = make_environment("/opt/python3.99/bin/python3.99");
  const std::string expected =
      "the virtual environment " + environment +
      " is broken: bin/python points to /opt/python3.99/bin/python3.99, which does not exist; make "
      "it again with python3 -m venv --clear " +
      environment;
  EXPECT_EQ(error(environment), expected);
  EXPECT_EQ(error(environment + "/bin/python"), expected);
  ::setenv("VIRTUAL_ENV", environment.c_str(), 1);
  EXPECT_EQ(error(""), "from VIRTUAL_ENV: " + expected);
}

TEST_F(ChooseInterpreter, AChainOfLinksIsFollowedToWhereItBreaks) {
  const std::string environment = make_environment("python3");
  std::filesystem::create_symlink("../../gone/python3", folder_ / "venv/bin/python3");
  EXPECT_THAT(error(environment), HasSubstr("points to " + folder_.string() + "/gone/python3,"));
}

TEST_F(ChooseInterpreter, WhatCannotBeAnInterpreterIsNamed) {
  EXPECT_THAT(error("/no/such/python"), StartsWith("/no/such/python does not exist"));
  EXPECT_THAT(error(folder_), StartsWith(folder_.string() + " is a folder but no virtual"));
  const std::string file = write("notes.txt", "text");
  EXPECT_THAT(error(file), StartsWith(file + " is no program that this user may execute"));
  std::filesystem::create_symlink("/gone/python3", folder_ / "python3");
  EXPECT_THAT(error((folder_ / "python3").string()),
              StartsWith(folder_.string() + "/python3 points to /gone/python3, which does not"));
}

}  // namespace
}  // namespace forkloom::supervisor
