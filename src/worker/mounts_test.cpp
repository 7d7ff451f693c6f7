#include "worker/mounts.h"

#include <gtest/gtest.h>

namespace forkloom::worker {
namespace {

TEST(Mounts, RootTakesEveryPath) {
  const Mounts mounts({""});
  EXPECT_EQ(mounts.find("/"), 0U);
  EXPECT_EQ(mounts.find("/a/b"), 0U);
  EXPECT_EQ(mounts.path_info(0, "/a/b"), "/a/b");
}

TEST(Mounts, LongestPrefixWinsWhateverTheOrder) {
  const Mounts mounts({"", "/shop", "/shop/admin"});
  EXPECT_EQ(mounts.find("/shop/admin/users"), 2U);
  EXPECT_EQ(mounts.find("/shop/cart"), 1U);
  EXPECT_EQ(mounts.find("/other"), 0U);
  EXPECT_EQ(mounts.path_info(2, "/shop/admin/users"), "/users");
}

TEST(Mounts, PrefixEndsAtASlash) {
  const Mounts mounts({"/shop"});
  EXPECT_EQ(mounts.find("/shopping"), std::nullopt);
  EXPECT_EQ(mounts.find("/"), std::nullopt);
  ASSERT_EQ(mounts.find("/shop"), 0U);
  EXPECT_EQ(mounts.path_info(0, "/shop"), "");
  EXPECT_EQ(mounts.path_info(0, "/shop/"), "/");
}

}  // namespace
}  // namespace forkloom::worker
