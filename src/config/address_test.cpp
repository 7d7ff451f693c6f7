#include "config/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

using testing::HasSubstr;

struct Written {
  std::string_view text;
  std::string_view canonical;
};

TEST(Address, IsReadAndWrittenInItsCanonicalForm) {
  for (const auto& [text, canonical] :
       std::initializer_list<Written>{{"8000", "*:8000"},
                                      {"*:80", "*:80"},
                                      {"127.0.0.1:8000", "127.0.0.1:8000"},
                                      {"Localhost:0", "localhost:0"},
                                      {"[::1]:8000", "[::1]:8000"},
                                      {"[2001:DB8::1]:65535", "[2001:db8::1]:65535"},
                                      {"[FE80::1%Eth0]:1", "[fe80::1%Eth0]:1"},
                                      {"unix:/run/app.sock", "unix:/run/app.sock"},
                                      {"unix:/run/a:b 1.sock", "unix:/run/a:b 1.sock"}}) {
    const auto address = read_address(text);
    ASSERT_TRUE(address.has_value()) << text << ": " << address.error().problem;
    EXPECT_EQ(address->text(), canonical);
    EXPECT_EQ(read_address(canonical), *address);
  }
}

TEST(Address, KeepsAnIpv6HostWithoutBrackets) {
  const auto address = read_address("[::1]:8000");
  EXPECT_EQ(address->host, "::1");
  EXPECT_EQ(address->port, 8000);
}

TEST(Address, IsRefusedWhereItIsNone) {
  for (const std::string_view text : {"",          ":",           ":8000",      "host",
                                      "host:",     "host:http",   "host:65536", "host:-1",
                                      "[::1]",     "[::1]:",      "[]:80",      "[1.2.3.4]:80",
                                      "[::g]:80",  "[::1:80",     "::1]:80",    "[fe80::1%]:80",
                                      "a b:80",    "http://x:80", "unix:",      "unix:app.sock",
                                      "unix:/run/"}) {
    EXPECT_FALSE(read_address(text).has_value()) << text;
  }
}

TEST(Address, WithoutItsBracketsIsToldWhereTheyBelong) {
  const auto address = read_address("::1:8000");
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().remedy, "write [::1]:8000");
}

TEST(Address, OfAUnixSocketFitsTheKernelsStructure) {
  EXPECT_TRUE(read_address("unix:/" + std::string(106, 'x')).has_value());
  const auto longer = read_address("unix:/" + std::string(107, 'x'));
  ASSERT_FALSE(longer.has_value());
  EXPECT_THAT(longer.error().problem, HasSubstr("108 bytes"));
}

}  // namespace
}  // namespace forkloom::config
