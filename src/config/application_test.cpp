#include "config/application.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Words = std::vector<std::string>;

Checked<Application> script(const Words& arguments) { return read_script_application(arguments); }
Checked<Application> module(const Words& arguments) { return read_module_application(arguments); }

TEST(ScriptApplication, HasApplicationAsItsCallableUnlessAnotherIsNamed) {
  const auto plain = script({"/", "/srv/app.wsgi"});
  EXPECT_EQ(plain->mount_point, "");
  EXPECT_EQ(plain->callable, "application");
  EXPECT_EQ(plain->text(), "/srv/app.wsgi");

  const auto named = script({"/shop", "/srv/app.wsgi", "callable-object=app"});
  EXPECT_EQ(named->mount_point, "/shop");
  EXPECT_EQ(named->text(), "/srv/app.wsgi:app");

  const auto factory = script({"/shop", "/srv/app.wsgi", "callable-object=application()"});
  EXPECT_TRUE(factory->is_factory);
  EXPECT_EQ(factory->text(), "/srv/app.wsgi:application()");
}

TEST(ScriptApplication, WithARelativePathIsToldToWriteTheWholePath) {
  const auto read = script({"/", "app.wsgi"});
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().problem, HasSubstr("'app.wsgi' is not absolute"));
  EXPECT_THAT(read.error().remedy, HasSubstr("whole path"));
}

TEST(ScriptApplication, RefusesOptionsThatItDoesNotSupport) {
  const auto read = script({"/", "/srv/app.wsgi", "process-group=x"});
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().remedy, HasSubstr("callable-object=NAME"));
  EXPECT_FALSE(script({"/", "/srv/app.wsgi", "callable-object="}).has_value());
  EXPECT_FALSE(script({"/", "/srv/app.wsgi", "callable-object=a.b"}).has_value());
  EXPECT_FALSE(script({"/", "/srv/"}).has_value());
}

TEST(ModuleApplication, IsReadInEachForm) {
  EXPECT_EQ(module({"/", "site"})->callable, "application");
  const auto factory = module({"/", "shop.web:make()"});
  EXPECT_EQ(factory->module, "shop.web");
  EXPECT_EQ(factory->callable, "make");
  EXPECT_TRUE(factory->is_factory);
  EXPECT_FALSE(module({"/", "shop.web:make"})->is_factory);
}

TEST(ModuleApplication, TextIsTheTargetAsAUserWritesIt) {
  for (const std::string target : {"site", "my-site", "größe.web:app", "a.b:application()"}) {
    EXPECT_EQ(module({"/", target})->text(), target);
  }
  EXPECT_EQ(module({"/", "site:application"})->text(), "site");
}

TEST(ModuleApplication, IsRefusedWhereItIsNoName) {
  for (const std::string target : {"", ".", "a..b", "a.", "1a", "-a", "a/b", "a b", "a:", "a:()",
                                   "a:b:c", "a:b.c", "a:b(1)", "a:1"}) {
    EXPECT_FALSE(module({"/", target}).has_value()) << target;
  }
}

TEST(MountPoint, IsAnAbsoluteDecodedPathWithoutSlashAtItsEnd) {
  EXPECT_EQ(module({"/a/b c", "m"})->mount_point, "/a/b c");
  for (const std::string mount :
       {"", "a", "/a/", "//", "/a//b", "/a/../b", "/..", "/.", "/a?b", "/a#b", "/a%20b", "/a\tb"}) {
    EXPECT_FALSE(module({mount, "m"}).has_value()) << mount;
  }
}

TEST(Arguments, OfAnApplicationReadBack) {
  EXPECT_THAT(arguments_of(*script({"/", "/a b", "callable-object=x()"})),
              ElementsAre("/", "/a b", "callable-object=x()"));
  EXPECT_THAT(arguments_of(*module({"/m", "a.b:c"})), ElementsAre("/m", "a.b:c"));
}

}  // namespace
}  // namespace forkloom::config
