#include "os/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Accounts, KnowTheSuperuserAndItsGroup) {
  EXPECT_TRUE(has_user("root").value());
  EXPECT_TRUE(has_group("root").value());
}

TEST(Accounts, DoNotKnowANameThatNobodyHas) {
  EXPECT_FALSE(has_user("no-such-account").value());
  EXPECT_FALSE(has_group("no-such-account").value());
}

TEST(FindAccount, TakesNamesAndNumbers) {
  const auto named = find_account("root", "");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->user, 0U);
  EXPECT_EQ(named->group, 0U);
  EXPECT_THAT(named->groups, Contains(0U));
  const auto numbered = find_account("#0", "#0");
  ASSERT_TRUE(numbered);
  EXPECT_EQ(numbered->user, named->user);
  EXPECT_EQ(numbered->groups, named->groups);
}

TEST(FindAccount, AGroupThatIsNamedIsTakenInsteadOfTheUsersOwn) {
  const auto account = find_account("root", "#54321");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->group, 54321U);
  EXPECT_THAT(account->groups, Contains(54321U));
}

TEST(FindAccount, ANumberWithoutAnEntryNeedsAGroup) {
  const auto account = find_account("#987654", "#54321");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->user, 987654U);
  EXPECT_THAT(account->groups, ElementsAre(54321U));
  const auto without = find_account("#987654", "");
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error().message(), HasSubstr("write Group"));
}

TEST(FindAccount, SaysWhichOfTheTwoThereIsNot) {
  EXPECT_THAT(find_account("no-such-account", "root").error().message(),
              HasSubstr("there is no user no-such-account"));
  EXPECT_THAT(find_account("root", "no-such-account").error().message(),
              HasSubstr("there is no group no-such-account"));
  for (const char* text : {"", "#", "#-1", "#1x", "#99999999999"}) {
    EXPECT_FALSE(find_account(text, "root")) << text;
  }
}

TEST(FindGroup, ChangesTheGroupAlone) {
  const auto account = find_group("#54321");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->user, ::getuid());
  EXPECT_EQ(account->group, 54321U);
  EXPECT_THAT(account->groups, ElementsAre(54321U));
  EXPECT_EQ(find_group("root")->group, 0U);
  EXPECT_FALSE(find_group("no-such-account"));
}

}  // namespace
}  // namespace forkloom::os
