#include "worker/targets.h"

#include <gtest/gtest.h>

namespace forkloom::worker {
namespace {

using Kind = app::Target::Kind;

TEST(Targets, OneCodeIsOneTarget) {
  Targets targets;
  const app::Target& first = targets.find(Kind::kScript, "/srv/a.wsgi", "application");
  EXPECT_EQ(first.kind, Kind::kScript);
  EXPECT_EQ(first.script_path, "/srv/a.wsgi");
  EXPECT_EQ(first.module, "");
  EXPECT_EQ(first.callable, "application");
  EXPECT_FALSE(first.is_factory);
  EXPECT_EQ(&targets.find(Kind::kScript, "/srv/a.wsgi", "application"), &first);
}

TEST(Targets, AnotherCodeCallableOrKindIsAnother) {
  Targets targets;
  const app::Target& first = targets.find(Kind::kModule, "shop.web", "app");
  EXPECT_EQ(first.module, "shop.web");
  EXPECT_EQ(first.script_path, "");
  EXPECT_EQ(first.number, 0U);
  EXPECT_EQ(targets.find(Kind::kModule, "shop.web", "admin").number, 1U);
  EXPECT_EQ(targets.find(Kind::kModule, "shop", "app").number, 2U);
  EXPECT_EQ(targets.find(Kind::kScript, "shop.web", "app").number, 3U);
  EXPECT_EQ(targets.find(Kind::kModule, "shop.webapp", "").number, 4U);
}

TEST(Targets, AFactoryIsNotTheCallableOfItsName) {
  Targets targets;
  const app::Target& factory = targets.find(Kind::kModule, "shop", "make()");
  EXPECT_TRUE(factory.is_factory);
  EXPECT_EQ(factory.callable, "make");
  EXPECT_NE(&targets.find(Kind::kModule, "shop", "make"), &factory);
}

TEST(Targets, MoreOfThemMoveNone) {
  Targets targets;
  const app::Target* first = &targets.find(Kind::kModule, "first", "app");
  for (int i = 0; i < 1000; ++i) targets.find(Kind::kModule, std::to_string(i), "app");
  EXPECT_EQ(&targets.find(Kind::kModule, "first", "app"), first);
  EXPECT_EQ(first->module, "first");
}

TEST(Targets, OfNamesThatRequestsMakeUpThereIsAnEnd) {
  Targets targets;
  const auto named = [&](const std::string& name) {
    return targets.find_named_by_request(app::Target::Kind::kScript, "/srv/app.wsgi", name);
  };
  EXPECT_EQ(named(std::string(Targets::kLongestName + 1, 'x')), nullptr);
  for (std::size_t i = 0; i < Targets::kMostNamedByRequests; ++i) {
    ASSERT_NE(named("name" + std::to_string(i)), nullptr);
  }
  EXPECT_EQ(named("one_too_many"), nullptr);
  EXPECT_NE(named("name0"), nullptr);
}

}  // namespace
}  // namespace forkloom::worker
