#include "http/path.h"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace forkloom::http {
namespace {

using std::string_view_literals::operator""sv;

std::optional<std::string> decoded(std::string_view path) {
  std::string result = "left over from the last request";
  if (!decode_path(path, result)) return std::nullopt;
  return result;
}

TEST(DecodePath, leaves_a_plain_path_as_it_is) {
  EXPECT_EQ(decoded("/"), "/");
  EXPECT_EQ(decoded("/a/b.c"), "/a/b.c");
  EXPECT_EQ(decoded("/a/b/"), "/a/b/");
  EXPECT_EQ(decoded("/a+b"), "/a+b");
}

TEST(DecodePath, leaves_the_asterisk_of_options_as_it_is) { EXPECT_EQ(decoded("*"), "*"); }

TEST(DecodePath, decodes_escapes_once) {
  EXPECT_EQ(decoded("/a%20b%2Bc"), "/a b+c");
  EXPECT_EQ(decoded("/%61%4a%4A"), "/aJJ");
  EXPECT_EQ(decoded("/%2541"), "/%41");
  EXPECT_EQ(decoded("/%2a"), "/*");
}

TEST(DecodePath, keeps_decoded_bytes_outside_ascii) {
  EXPECT_EQ(decoded("/%C3%A9%ff%80"), "/\xc3\xa9\xff\x80");
}

TEST(DecodePath, refuses_malformed_escapes_and_nul) {
  for (const std::string_view path : {"/%", "/%4", "/%zz", "/%4z", "/%z4", "/a%", "/%%41", "/%00",
                                      "/a%00b", "/%-1", "/%+1", "/% 1"}) {
    EXPECT_EQ(decoded(path), std::nullopt) << path;
  }
}

TEST(DecodePath, resolves_dot_segments) {
  EXPECT_EQ(decoded("/."), "/");
  EXPECT_EQ(decoded("/./a"), "/a");
  EXPECT_EQ(decoded("/a/."), "/a/");
  EXPECT_EQ(decoded("/a/./b"), "/a/b");
  EXPECT_EQ(decoded("/a/.."), "/");
  EXPECT_EQ(decoded("/a/b/.."), "/a/");
  EXPECT_EQ(decoded("/a/b/../c"), "/a/c");
  EXPECT_EQ(decoded("/a/b/../../c"), "/c");
}

TEST(DecodePath, resolves_escaped_dot_segments_and_slashes_too) {
  EXPECT_EQ(decoded("/a/%2e%2e/b"), "/b");
  EXPECT_EQ(decoded("/a/%2E./b"), "/b");
  EXPECT_EQ(decoded("/a%2Fb"), "/a/b");
  EXPECT_EQ(decoded("/a%2f..%2Fb"), "/b");
  EXPECT_EQ(decoded("/a/%2e/b"), "/a/b");
}

TEST(DecodePath, refuses_to_climb_above_the_root) {
  for (const std::string_view path : {"/..", "/../", "/../a", "/a/../..", "/a/../../b", "/./..",
                                      "//..", "/%2e%2e", "/a/..%2f..", "/%2e%2e/etc/passwd"}) {
    EXPECT_EQ(decoded(path), std::nullopt) << path;
  }
}

TEST(DecodePath, leaves_other_names_with_dots) {
  EXPECT_EQ(decoded("/.a"), "/.a");
  EXPECT_EQ(decoded("/..a/b"), "/..a/b");
  EXPECT_EQ(decoded("/a../b"), "/a../b");
  EXPECT_EQ(decoded("/.../b"), "/.../b");
}

TEST(DecodePath, merges_slashes) {
  EXPECT_EQ(decoded("//"), "/");
  EXPECT_EQ(decoded("//a///b//"), "/a/b/");
  EXPECT_EQ(decoded("/a//../b"), "/b");
  EXPECT_EQ(decoded("/%2F/a"), "/a");
}

}  // namespace
}  // namespace forkloom::http
