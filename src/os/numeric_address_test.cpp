#include "os/numeric_address.h"

#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

TEST(NumericAddress, ReadsBothFamilies) {
  const NumericAddress four = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1};
  const NumericAddress six = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  EXPECT_EQ(read_numeric_address("192.0.2.1"), four);
  EXPECT_EQ(read_numeric_address("::ffff:192.0.2.1"), four);
  EXPECT_EQ(read_numeric_address("2001:db8::1"), six);
  EXPECT_EQ(read_numeric_address("2001:0DB8:0::0001"), six);
  EXPECT_TRUE(read_numeric_address("fe80::1%eth0"));
}

TEST(NumericAddress, RefusesWhatIsNone) {
  for (const char* text : {"", "localhost", "1.2.3", "1.2.3.256", "[::1]", "/run/app.sock",
                           "1111:2222:3333:4444:5555:6666:7777:8888:9999:0000:1111"}) {
    EXPECT_FALSE(read_numeric_address(text)) << text;
  }
}

}  // namespace
}  // namespace forkloom::os
