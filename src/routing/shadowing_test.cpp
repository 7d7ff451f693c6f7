#include "routing/shadowing.h"

#include <string>

#include <gtest/gtest.h>

#include "routing/test_site.h"

namespace forkloom::routing {
namespace {

std::vector<Shadow> shadows_of(config::Host& host, const std::vector<std::string>& urls) {
  host.mappings.clear();
  for (const std::string& url : urls) host.mappings.emplace_back().url = url;
  return shadowed(host);
}

TEST(Shadowing, APrefixHidesWhatIsBelowIt) {
  config::Host host;
  const auto found = shadows_of(host, {"/", "/static"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].hidden, &host.mappings[1]);
  EXPECT_EQ(found[0].by, &host.mappings[0]);
  EXPECT_EQ(shadows_of(host, {"/a", "/a/b"}).size(), 1U);
  EXPECT_EQ(shadows_of(host, {"/a", "/a/"}).size(), 1U);
  EXPECT_EQ(shadows_of(host, {"/a", "/a"}).size(), 1U);
  EXPECT_EQ(shadows_of(host, {"/a/", "/a/b"}).size(), 1U);
}

TEST(Shadowing, WhatIsReachedIsNotHidden) {
  config::Host host;
  EXPECT_TRUE(shadows_of(host, {"/static", "/"}).empty());
  EXPECT_TRUE(shadows_of(host, {"/a", "/ab"}).empty());
  EXPECT_TRUE(shadows_of(host, {"/a/", "/a"}).empty());
}

TEST(Shadowing, NamesTheFirstThatHides) {
  config::Host host;
  const auto found = shadows_of(host, {"/a", "/", "/a/b", "/c"});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].by, &host.mappings[0]);
  EXPECT_EQ(found[1].by, &host.mappings[1]);
}

TEST(Shadowing, AFolderHidesAnApplicationWhateverTheOrder) {
  config::Host host;
  host.mappings = {script("/a", "/srv/a.wsgi"), module("/a/b", "b"), alias("/a", "/srv/a")};
  const auto found = shadowed(host);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].hidden, &host.mappings[0]);
  EXPECT_EQ(found[0].by, &host.mappings[2]);
  EXPECT_EQ(found[1].hidden, &host.mappings[1]);
}

TEST(Shadowing, AnApplicationNeverHidesAFolder) {
  config::Host host;
  host.mappings = {module("/", "web"), alias("/static", "/srv/static")};
  EXPECT_TRUE(shadowed(host).empty());
}

TEST(Shadowing, OfApplicationsTheFirstHidesWhateverItsKind) {
  config::Host host;
  host.mappings = {module("/a", "web"), script("/a/b", "/srv/b.wsgi")};
  ASSERT_EQ(shadowed(host).size(), 1U);
  EXPECT_EQ(shadowed(host)[0].by, &host.mappings[0]);
}

TEST(Shadowing, PatternsAreNotCompared) {
  config::Host host;
  host.mappings.emplace_back().pattern = Pattern::compile("^/").value();
  host.mappings.emplace_back().url = "/a";
  host.mappings.emplace_back().pattern = Pattern::compile("^/a").value();
  EXPECT_TRUE(shadowed(host).empty());
}

}  // namespace
}  // namespace forkloom::routing
