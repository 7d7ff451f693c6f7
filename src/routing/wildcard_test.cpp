#include "routing/wildcard.h"

#include <string>

#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

TEST(Wildcard, StaysWithinASegment) {
  EXPECT_TRUE(path_wildcard_matches("/home/*/public", "/home/ada/public"));
  EXPECT_FALSE(path_wildcard_matches("/home/*/public", "/home/ada/x/public"));
  EXPECT_TRUE(path_wildcard_matches("/a*", "/abc"));
  EXPECT_TRUE(path_wildcard_matches("/a*", "/a"));
  EXPECT_FALSE(path_wildcard_matches("/a*", "/a/b"));
  EXPECT_FALSE(path_wildcard_matches("/a?b", "/a/b"));
  EXPECT_FALSE(path_wildcard_matches("/a[!x]b", "/a/b"));
  EXPECT_TRUE(path_wildcard_matches("*", ""));
}

TEST(Wildcard, AStarGivesBackWhatItTook) {
  EXPECT_TRUE(path_wildcard_matches("*ab", "aab"));
  EXPECT_TRUE(path_wildcard_matches("*.tar.*", "a.tar.tar.gz"));
  EXPECT_TRUE(path_wildcard_matches("/*a/*b", "/xa/yb"));
  EXPECT_FALSE(path_wildcard_matches("/*a/*b", "/xa/yc"));
  EXPECT_FALSE(path_wildcard_matches("*a*a*a*a*a*a*a*a*b", std::string(200, 'a')));
}

TEST(Wildcard, BracketsListCharacters) {
  EXPECT_TRUE(path_wildcard_matches("[abc]", "b"));
  EXPECT_TRUE(path_wildcard_matches("[a-c]x", "cx"));
  EXPECT_FALSE(path_wildcard_matches("[a-c]", "d"));
  EXPECT_TRUE(path_wildcard_matches("[!a-c]", "d"));
  EXPECT_TRUE(path_wildcard_matches("[^a-c]", "d"));
  EXPECT_TRUE(path_wildcard_matches("[]]", "]"));
  EXPECT_TRUE(path_wildcard_matches("[a-]", "-"));
  EXPECT_TRUE(path_wildcard_matches("a[b", "a[b"));
}

TEST(Wildcard, ABackslashTakesTheMeaningAway) {
  EXPECT_TRUE(path_wildcard_matches("a\\*", "a*"));
  EXPECT_FALSE(path_wildcard_matches("a\\*", "ab"));
}

TEST(Wildcard, MatchesBytesWhateverTheirEncoding) {
  EXPECT_TRUE(path_wildcard_matches("/private*", "/private\xff"));
  EXPECT_TRUE(path_wildcard_matches("/??", "/\xc3\xa9"));
  EXPECT_TRUE(path_wildcard_matches("/[\x80-\xff]*", "/\xc3\xa9"));
}

TEST(Wildcard, NamesHaveNoCaseAndNoBrackets) {
  EXPECT_TRUE(name_wildcard_matches("*.Example.org", "WWW.example.ORG"));
  EXPECT_TRUE(name_wildcard_matches("a?.org", "ab.org"));
  EXPECT_FALSE(name_wildcard_matches("*.example.org", "example.org"));
  EXPECT_TRUE(name_wildcard_matches("[::1]", "[::1]"));
}

}  // namespace
}  // namespace forkloom::routing
