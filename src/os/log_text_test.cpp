#include "os/log_text.h"

#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

TEST(LogText, GivesEachLineOfATracebackTheRequestsTag) {
  EXPECT_EQ(printable_lines("00c0ffee00000001", "Traceback:\n  File\n\nError\n"),
            "[req 00c0ffee00000001] Traceback:\n"
            "[req 00c0ffee00000001]   File\n"
            "[req 00c0ffee00000001] \n"
            "[req 00c0ffee00000001] Error\n");
}

TEST(LogText, TakesAnEmptyTextForOneEmptyLine) { EXPECT_EQ(printable_lines("", ""), "\n"); }

TEST(LogText, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(printable_lines("", std::string_view("\x1b[2J\r\0\x7f\ta", 9)),
            "\\x1b[2J\\x0d\\x00\\x7f\ta\n");
}

TEST(LogText, EscapesC1ControlsInUtf8ButNoOtherCharacter) {
  EXPECT_EQ(printable_lines("",
                            "\xc2\x9b"
                            "1m \xc2\xa0 \xc3\xa9 \xe2\x82\xac \xff \xc2"),
            "\\xc2\\x9b1m \xc2\xa0 \xc3\xa9 \xe2\x82\xac \xff \xc2\n");
}

TEST(LogText, PutsThePrefixBeforeEachLine) {
  std::string out = "before\n";
  append_prefixed("> ", "a\n\nb\n", out);
  EXPECT_EQ(out, "before\n> a\n> \n> b\n");
}

}  // namespace
}  // namespace forkloom::os
