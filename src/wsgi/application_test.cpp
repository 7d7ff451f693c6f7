#include "wsgi/application.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "python/error.h"
#include "python/text.h"
#include "wsgi/applications.h"
#include "wsgi/test_exchange.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class LoadApplication : public testing::Test {
 protected:
  LoadApplication() : folder_(std::filesystem::temp_directory_path() / unique_name()) {
    std::filesystem::create_directories(folder_);
    PyRun_SimpleString(("import sys; sys.path.insert(0, '" + folder_.string() + "')").c_str());
  }
  ~LoadApplication() override {
    PyRun_SimpleString("import sys; del sys.path[0]");
    std::filesystem::remove_all(folder_);
  }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    PyRun_SimpleString("import importlib; importlib.invalidate_caches()");
    return (folder_ / name).string();
  }
  Loaded<PyRef> script(const std::string& path, const std::string& callable = "application",
                       bool is_factory = false) {
    return load({.kind = app::Target::Kind::kScript,
                 .script_path = path,
                 .module = {},
                 .callable = callable,
                 .is_factory = is_factory});
  }
  Loaded<PyRef> module(const std::string& name, const std::string& callable = "application",
                       bool is_factory = false) {
    return load({.kind = app::Target::Kind::kModule,
                 .script_path = {},
                 .module = name,
                 .callable = callable,
                 .is_factory = is_factory});
  }
  Loaded<PyRef> load(const app::Target& target) {
    Applications applications;
    return applications.code_of(target).application(
        py_, std::nullopt, {.log = log_, .request_id = {}, .is_daemon = is_daemon_});
  }
  std::string call(const Loaded<PyRef>& application) {
    if (!application) return application.error().text;
    const PyRef answer = PyRef::steal(PyObject_CallNoArgs(application->get()));
    return answer ? python::str_of(py_, answer.get()) : python::take_error(py_);
  }
  int status(const Loaded<PyRef>& application) {
    return application ? 200 : application.error().status;
  }

  RecordingLog log_;
  bool is_daemon_ = false;
  Attached py_ = Attached::by_caller();
  std::filesystem::path folder_;

 private:
  // A module is imported once per process, so each test has names of its own.
  static std::string unique_name() {
    return std::string("forkloom_test_") +
           testing::UnitTest::GetInstance()->current_test_info()->name();
  }
};

TEST_F(LoadApplication, AScriptIsAModuleOfItsOwn) {
  const std::string path = write("hello.wsgi",
                                 "# -*- coding: latin-1 -*-\n"
                                 "import sys\n"
                                 "word = '\xe4'\n"
                                 "def application():\n"
                                 "  return __name__, __file__, sys.modules[__name__].word\n");
  EXPECT_THAT(call(script(path)),
              AllOf(StartsWith("('_wsgi_"), HasSubstr("'" + path + "'"), EndsWith("'\u00e4')")));
}

TEST_F(LoadApplication, AModuleIsImportedAndACallableMayBeDotted) {
  write("dotted_a.py", "class app:\n  @staticmethod\n  def wsgi_app(): return 'dotted'\n");
  EXPECT_EQ(call(module("dotted_a", "app.wsgi_app")), "dotted");
  std::filesystem::create_directories(folder_ / "package_a");
  write("package_a/__init__.py", "");
  write("package_a/inner.py", "def application(): return __name__\n");
  EXPECT_EQ(call(module("package_a.inner")), "package_a.inner");
}

TEST_F(LoadApplication, AFactoryIsCalledForTheApplication) {
  write("factory_a.py",
        "def create(): return lambda: 'made'\n"
        "def bad(): return 5\n"
        "def worse(): raise KeyError('inside')\n");
  EXPECT_EQ(call(module("factory_a", "create", true)), "made");
  EXPECT_EQ(call(module("factory_a", "bad", true)),
            "module 'factory_a': bad() returned int, which cannot be called");
  EXPECT_THAT(call(module("factory_a", "worse", true)),
              AllOf(StartsWith("module 'factory_a': worse() failed:\nTraceback"),
                    EndsWith("KeyError: 'inside'")));
}

TEST_F(LoadApplication, AMissingModuleIsNamedWithPythonsTraceback) {
  EXPECT_THAT(call(module("no_such_module_a")),
              AllOf(StartsWith("module 'no_such_module_a' cannot be loaded:\nTraceback"),
                    EndsWith("ModuleNotFoundError: No module named 'no_such_module_a'")));
}

TEST_F(LoadApplication, AnErrorWhileLoadingShowsWhere) {
  write("broken_a.py", "import missing_b\n");
  EXPECT_THAT(call(module("broken_a")),
              AllOf(HasSubstr("broken_a.py\", line 1"), Not(HasSubstr("importlib")),
                    EndsWith("ModuleNotFoundError: No module named 'missing_b'")));
  EXPECT_THAT(call(script(write("broken.wsgi", "x = 1\nraise SystemExit('stop')\n"))),
              AllOf(HasSubstr("broken.wsgi\", line 2"), Not(HasSubstr("importlib")),
                    EndsWith("SystemExit: stop")));
  EXPECT_THAT(call(script(write("syntax.wsgi", "def :\n"))),
              AllOf(HasSubstr("syntax.wsgi\", line 1"), HasSubstr("SyntaxError")));
  EXPECT_EQ(status(script(write("broken.wsgi", "1 / 0\n"))), 500);
}

TEST_F(LoadApplication, AMissingCallableNamesThoseThatAreThere) {
  write("names_a.py",
        "import os\n"
        "from os.path import join\n"
        "from collections import OrderedDict\n"
        "class App:\n  def __call__(self): pass\n"
        "app = App()\n"
        "def create_app(): pass\n"
        "def _private(): pass\n"
        "number = 5\n");
  EXPECT_EQ(call(module("names_a")),
            "module 'names_a' has no 'application'; its callables are: App, app, create_app");
  write("empty_a.py", "");
  EXPECT_EQ(call(module("empty_a")),
            "module 'empty_a' has no 'application', and no other callable");
  EXPECT_EQ(call(module("names_a", "app.nothing")),
            "module 'names_a': 'app.nothing': names_a.App has no 'nothing'");
}

TEST_F(LoadApplication, AMissingCallableIsNotFoundButInADaemonAnError) {
  write("no_application_a.py", "");
  EXPECT_EQ(status(module("no_application_a")), 404);
  is_daemon_ = true;
  EXPECT_EQ(status(module("no_application_a")), 500);
}

TEST_F(LoadApplication, AScriptThatIsNotThereOrNoFileIsRefused) {
  const auto missing = script((folder_ / "absent.wsgi").string());
  EXPECT_EQ(status(missing), 404);
  EXPECT_THAT(call(missing), AllOf(StartsWith("script '"), EndsWith("absent.wsgi' is missing")));
  EXPECT_EQ(status(script(write("file.wsgi", "") + "/below.wsgi")), 404);
  const auto folder = script(folder_.string());
  EXPECT_EQ(status(folder), 403);
  EXPECT_THAT(call(folder), EndsWith("Is a directory"));
}

TEST_F(LoadApplication, AScriptThatMayNotBeReadIsForbidden) {
  // A process with all privileges can read any file: Python's own refusal stands for it.
  PyRun_SimpleString(
      "import io\n"
      "open_code = io.open_code\n"
      "def refuse(path): raise PermissionError(13, 'Permission denied')\n"
      "io.open_code = refuse\n");
  const auto forbidden = script(write("secret.wsgi", ""));
  PyRun_SimpleString("io.open_code = open_code");
  EXPECT_EQ(status(forbidden), 403);
  EXPECT_THAT(call(forbidden), HasSubstr("PermissionError"));
}

TEST_F(LoadApplication, TargetsOfOneScriptShareItsModule) {
  const std::string path = write("shared.wsgi",
                                 "runs = []\n"
                                 "def one(): runs.append(1); return len(runs)\n"
                                 "def two(): runs.append(2); return len(runs)\n");
  Applications applications;
  app::Target target;
  target.script_path = path;
  target.callable = "one";
  EXPECT_EQ(call(applications.code_of(target).application(py_, std::nullopt,
                                                          {.log = log_, .request_id = {}})),
            "1");
  target.callable = "two";
  target.number = 1;
  EXPECT_EQ(call(applications.code_of(target).application(py_, std::nullopt,
                                                          {.log = log_, .request_id = {}})),
            "2");
}

TEST_F(LoadApplication, WhatCannotBeCalledSaysItsType) {
  write("types_a.py", "application = 5\n");
  EXPECT_EQ(call(module("types_a")),
            "module 'types_a': 'application' is of type int, which cannot be called");
}

}  // namespace
}  // namespace forkloom::wsgi
