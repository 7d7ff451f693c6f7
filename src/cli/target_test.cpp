#include "cli/target.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_folder.h"

namespace forkloom::cli {
namespace {

using config::Mapping;
using testing::HasSubstr;

class TargetTest : public testing::Test {
 protected:
  void expect_script(const std::string& text, const std::string& path,
                     const std::string& callable) const {
    const auto target = read_target(text, folder_.path());
    ASSERT_TRUE(target.has_value()) << text << ": " << target.error().problem;
    EXPECT_EQ(target->kind, Mapping::Kind::kScript) << text;
    EXPECT_EQ(target->name, path);
    EXPECT_EQ(target->callable, callable);
  }
  void expect_module(const std::string& text, const std::string& name,
                     const std::string& callable) const {
    const auto target = read_target(text, folder_.path());
    ASSERT_TRUE(target.has_value()) << text << ": " << target.error().problem;
    EXPECT_EQ(target->kind, Mapping::Kind::kModule) << text;
    EXPECT_EQ(target->name, name);
    EXPECT_EQ(target->callable, callable);
  }
  std::string error_of(const std::string& text) const {
    const auto target = read_target(text, folder_.path());
    return target ? "" : fmt::format("{}: {}", target.error().problem, target.error().remedy);
  }

  TemporaryFolder folder_;
};

TEST_F(TargetTest, AnExistingFileIsAScriptWhateverItsName) {
  folder_.add_file("app.wsgi");
  folder_.add_file("script");
  folder_.add_file("a:b");
  expect_script("app.wsgi", folder_.path_of("app.wsgi"), "");
  expect_script("./script", folder_.path_of("script"), "");
  expect_script("script", folder_.path_of("script"), "");
  expect_script("a:b", folder_.path_of("a:b"), "");
}

TEST_F(TargetTest, AScriptMayNameItsCallableOrFactory) {
  folder_.add_file("app.py");
  folder_.add_file("a:b/app.py");
  expect_script("app.py:app", folder_.path_of("app.py"), "app");
  expect_script("app.py:make()", folder_.path_of("app.py"), "make()");
  expect_script(folder_.path_of("app.py") + ":app", folder_.path_of("app.py"), "app");
  expect_script("a:b/app.py:app", folder_.path_of("a:b/app.py"), "app");
}

TEST_F(TargetTest, WhatIsNoFileIsAModule) {
  expect_module("shop", "shop", "");
  expect_module("shop.web:app", "shop.web", "app");
  expect_module("shop.web:make()", "shop.web", "make()");
}

TEST_F(TargetTest, AFolderOfAModulesNameIsThatModule) {
  folder_.add_folder("shop");
  expect_module("shop", "shop", "");
}

TEST_F(TargetTest, DjangosModuleIsFoundWhereItsFileIs) {
  folder_.add_file("mysite/wsgi.py");
  expect_module("mysite.wsgi", "mysite.wsgi", "");
  folder_.add_file("mysite.wsgi");
  expect_script("mysite.wsgi", folder_.path_of("mysite.wsgi"), "");
}

TEST_F(TargetTest, DjangosModuleWithACallableNeedsNoFile) {
  expect_module("mysite.wsgi:application", "mysite.wsgi", "application");
}

TEST_F(TargetTest, AMissingFileIsAnErrorThatNamesItsWholePath) {
  EXPECT_THAT(error_of("sub/app.wsgi"), HasSubstr(folder_.path_of("sub/app.wsgi")));
  EXPECT_THAT(error_of("app.py:app"), HasSubstr(folder_.path_of("app.py")));
  EXPECT_THAT(error_of("shop/web"), HasSubstr("with dots between"));
  EXPECT_THAT(error_of("app.wsgi"), HasSubstr("app.wsgi:application"));
}

TEST_F(TargetTest, AFolderIsNoScript) {
  folder_.add_folder("site.py");
  EXPECT_THAT(error_of("site.py"), HasSubstr("is a folder"));
}

TEST_F(TargetTest, AnEmptyPartIsAnError) {
  EXPECT_NE(error_of(""), "");
  EXPECT_THAT(error_of("shop:"), HasSubstr("colon"));
}

}  // namespace
}  // namespace forkloom::cli
