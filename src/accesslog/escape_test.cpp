#include "accesslog/escape.h"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace forkloom::accesslog {
namespace {

std::string escaped(std::string_view value) {
  std::string out;
  append_escaped(value, out);
  return out;
}

std::string json(std::string_view value) {
  std::string out;
  append_json_string(value, out);
  return out;
}

TEST(Escape, LeavesPrintableTextAsItIs) {
  EXPECT_EQ(escaped("GET /~a?b=%20 x"), "GET /~a?b=%20 x");
}

TEST(Escape, WritesQuotesBackslashesAndWhiteSpaceAsCDoes) {
  EXPECT_EQ(escaped("\"\\\b\f\n\r\t\v."), R"(\"\\\b\f\n\r\t\v.)");
}

TEST(Escape, WritesEveryOtherByteInHexadecimal) {
  EXPECT_EQ(escaped(std::string_view("\0\x1b[m\x7f\xc3\xa9\xff", 8)),
            R"(\x00\x1b[m\x7f\xc3\xa9\xff)");
}

TEST(Escape, LeavesNoByteThatCouldEndALineOrAQuotation) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const std::string text = escaped({&c, 1});
    for (const char written : text) EXPECT_TRUE(written >= 0x20 && written < 0x7f) << byte;
    EXPECT_EQ(text.find('"') == std::string::npos, byte != '"');
    EXPECT_FALSE(text == "\\");
  }
}

TEST(JsonString, KeepsUtf8AndEscapesWhatJsonForbids) {
  EXPECT_EQ(json("a\"b\\c/d\n\x01\x7f\v"), R"("a\"b\\c/d\n\u0001\u007f\u000b")");
  EXPECT_EQ(json("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d"),
            "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d\"");
}

TEST(JsonString, TakesBytesOutsideUtf8ForLatin1) {
  EXPECT_EQ(json("caf\xe9"), R"("caf\u00e9")");
  EXPECT_EQ(json("\xe2\x82"), R"("\u00e2\u0082")");                                // cut short
  EXPECT_EQ(json("\xc0\xaf\xe0\x80\xaf"), R"("\u00c0\u00af\u00e0\u0080\u00af")");  // overlong
  EXPECT_EQ(json("\xed\xa0\x80"), R"("\u00ed\u00a0\u0080")");                      // surrogate
  EXPECT_EQ(json("\xf4\x90\x80\x80"), R"("\u00f4\u0090\u0080\u0080")");
}

TEST(JsonString, EscapesC1Controls) {
  EXPECT_EQ(json("\xc2\x9b"
                 "m \xc2\xa0"),
            "\"\\u009bm \xc2\xa0\"");
}

TEST(Number, IsWrittenWhole) {
  std::string out;
  append_number(std::numeric_limits<std::uint64_t>::max(), out);
  out.push_back(' ');
  append_number(std::numeric_limits<std::int64_t>::min(), out);
  out.push_back(' ');
  append_number(255, out, 16);
  EXPECT_EQ(out, "18446744073709551615 -9223372036854775808 ff");
}

}  // namespace
}  // namespace forkloom::accesslog
