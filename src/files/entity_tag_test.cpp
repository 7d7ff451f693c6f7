#include "files/entity_tag.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::files {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const os::FileFacts kFacts{
    .kind = os::FileFacts::Kind::kRegular,
    .size = 0x1234,
    .inode = 0xabc,
    .device = 1,
    .modified = WallTime(microseconds(0x5f00000000000) + std::chrono::nanoseconds(999))};

std::string tag(const TagParts& parts, std::string_view coding = "",
                WallTime now = kFacts.modified + seconds(10)) {
  return make_tag(parts, -1, kFacts, coding, now).value();
}

std::vector<std::string_view> all(std::string_view list) {
  std::vector<std::string_view> tags;
  TagList walk(list);
  for (std::string_view one; walk.next(one);) tags.push_back(one);
  return tags;
}

TEST(EntityTag, HoldsThePartsThatAreAskedFor) {
  EXPECT_EQ(tag({}), "\"1234-5f00000000000\"");
  EXPECT_EQ(tag({.has_inode = true}), "\"abc-1234-5f00000000000\"");
  EXPECT_EQ(tag({.has_mtime = false}), "\"1234\"");
  EXPECT_EQ(tag({.has_mtime = false, .has_size = false}), "");
  EXPECT_EQ(tag({}, "br"), "\"1234-5f00000000000-br\"");
}

TEST(EntityTag, IsWeakUntilTheFileIsASecondOld) {
  EXPECT_EQ(tag({}, "", kFacts.modified + seconds(1)), "W/\"1234-5f00000000000\"");
  EXPECT_EQ(tag({}, "", kFacts.modified - seconds(5)), "W/\"1234-5f00000000000\"");
  EXPECT_EQ(tag({}, "", kFacts.modified + milliseconds(1001)), "\"1234-5f00000000000\"");
}

TEST(EntityTag, ComparesStronglyAndWeakly) {
  EXPECT_TRUE(equals_strongly("\"a\"", "\"a\""));
  EXPECT_FALSE(equals_strongly("W/\"a\"", "W/\"a\""));
  EXPECT_FALSE(equals_strongly("", ""));
  EXPECT_TRUE(equals_weakly("W/\"a\"", "\"a\""));
  EXPECT_FALSE(equals_weakly("\"a\"", "\"b\""));
}

TEST(TagList, GivesEachTagWithItsQuotes) {
  EXPECT_THAT(all("\"a\""), ElementsAre("\"a\""));
  EXPECT_THAT(all(" \"a,b\" ,, W/\"c\",\"\""), ElementsAre("\"a,b\"", "W/\"c\"", "\"\""));
}

TEST(TagList, EndsAtWhatIsNoTag) {
  EXPECT_THAT(all(""), IsEmpty());
  EXPECT_THAT(all("a"), IsEmpty());
  EXPECT_THAT(all("\"a"), IsEmpty());
  EXPECT_THAT(all("W/"), IsEmpty());
  EXPECT_THAT(all("w/\"a\""), IsEmpty());
  EXPECT_THAT(all("\"a\", b, \"c\""), ElementsAre("\"a\""));
  EXPECT_THAT(all("\"a\"\"b\""), IsEmpty());
}

}  // namespace
}  // namespace forkloom::files
