#include "base/ip_address.h"

#include <gtest/gtest.h>

namespace forkloom {
namespace {

TEST(IpAddress, ReadsIpv4AsMappedIpv6) {
  EXPECT_EQ(parse_ip("1.20.0.255"),
            (IpAddress{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 20, 0, 255}));
  EXPECT_EQ(parse_ip("::ffff:1.20.0.255"), parse_ip("1.20.0.255"));
  EXPECT_EQ(parse_ip("::FFFF:114:ff"), parse_ip("1.20.0.255"));
}

TEST(IpAddress, ReadsIpv6InEveryForm) {
  const IpAddress address{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab, 0x01};
  for (const std::string_view text :
       {"2001:db8::ab01", "2001:DB8::AB01", "2001:db8:0:0:0:0:0:ab01",
        "2001:0db8:0000:0000:0000:0000:0000:ab01", "2001:db8:0:0::0:ab01", "2001:db8::0.0.171.1",
        "2001:db8:0:0:0:0:0.0.171.1", "2001:db8:0:0:0:0::ab01"}) {
    EXPECT_EQ(parse_ip(text), address) << text;
  }
  EXPECT_EQ(parse_ip("::"), IpAddress{});
  EXPECT_EQ(parse_ip("::1"), (IpAddress{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(parse_ip("1::"), (IpAddress{0, 1}));
  EXPECT_EQ(parse_ip("1:2:3:4:5:6:7::"), parse_ip("1:2:3:4:5:6:7:0"));
  EXPECT_EQ(parse_ip("::2:3:4:5:6:7:8"), parse_ip("0:2:3:4:5:6:7:8"));
}

TEST(IpAddress, IsRefusedWhereItIsNone) {
  for (const std::string_view text : {"",
                                      " ",
                                      "1",
                                      "1.2.3",
                                      "1.2.3.4.5",
                                      "1.2.3.",
                                      ".1.2.3",
                                      "1..2.3",
                                      "1.2.3.256",
                                      "1.2.3.1000",
                                      "1.2.3.4294967297",
                                      "1.2.3.04",
                                      "01.2.3.4",
                                      "1.2.3.-4",
                                      "1.2.3.+4",
                                      "1.2.3.0x4",
                                      "1.2.3.4 ",
                                      " 1.2.3.4",
                                      "1.2.3.4:80",
                                      "1.2.3.4/8",
                                      "a.b.c.d",
                                      ":",
                                      ":::",
                                      "::1::",
                                      "1::2::3",
                                      "1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:8::",
                                      "::1:2:3:4:5:6:7:8",
                                      "1:2:3:4::5:6:7:8",
                                      ":1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:",
                                      "12345::",
                                      "g::",
                                      "-1::",
                                      "0x1::",
                                      "::-1",
                                      "::1%eth0",
                                      "fe80::1%1",
                                      "[::1]",
                                      "::1/128",
                                      "::1 ",
                                      "::1.2.3",
                                      "::1.2.3.4:5",
                                      "::1.2.3.4.5",
                                      "1.2.3.4::",
                                      "::01.2.3.4",
                                      "1:2:3:4:5:6:7:1.2.3.4",
                                      "1:2:3:4:5:6::1.2.3.4",
                                      "1:2:3:4:5:1.2.3.4"}) {
    EXPECT_FALSE(parse_ip(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_ip(std::string_view("1.2.3.4\0", 8)).has_value());
  EXPECT_FALSE(parse_ip(std::string_view("::1\0", 4)).has_value());
}

TEST(IpAddress, AZoneBehindItDoesNotCount) {
  EXPECT_EQ(parse_scoped_ip("fe80::1%eth0"), parse_ip("fe80::1"));
  EXPECT_EQ(parse_scoped_ip("192.0.2.1"), parse_ip("192.0.2.1"));
  EXPECT_FALSE(parse_scoped_ip("%eth0"));
}

TEST(IpAddress, TellsItsKind) {
  EXPECT_TRUE(is_ipv4(*parse_ip("0.0.0.0")));
  EXPECT_TRUE(is_ipv4(*parse_ip("::ffff:0:0")));
  EXPECT_FALSE(is_ipv4(*parse_ip("::1.2.3.4")));
  EXPECT_FALSE(is_ipv4(*parse_ip("::")));
}

TEST(Ipv4Part, IsTakenFromTheBeginning) {
  std::string_view text = "172.20";
  EXPECT_EQ(take_ipv4_part(text), 172);
  EXPECT_EQ(text, ".20");
  EXPECT_EQ(take_ipv4_part(text), std::nullopt);
  EXPECT_EQ(text, ".20");
}

}  // namespace
}  // namespace forkloom
