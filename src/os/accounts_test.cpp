#include "os/accounts.h"

#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

TEST(Accounts, KnowTheSuperuserAndItsGroup) {
  EXPECT_TRUE(has_user("root").value());
  EXPECT_TRUE(has_group("root").value());
}

TEST(Accounts, DoNotKnowANameThatNobodyHas) {
  EXPECT_FALSE(has_user("no-such-account").value());
  EXPECT_FALSE(has_group("no-such-account").value());
}

}  // namespace
}  // namespace forkloom::os
