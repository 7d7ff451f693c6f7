#include "routing/proxy_value.h"

#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

TEST(ProxyValue, IsTheLastElementOfTheLastField) {
  const std::vector<http::Field> fields = {
      {"X-Host", "a, b"}, {"x-host", "c ,\td "}, {"X-Scheme", "https"}, {"X-Empty", "a,"}};
  EXPECT_EQ(last_element(fields, "X-Host"), "d");
  EXPECT_EQ(last_element(fields, "x-scheme"), "https");
  EXPECT_EQ(last_element(fields, "X-Empty"), "");
  EXPECT_EQ(last_element(fields, "X-Port"), "");
}

TEST(ProxyValue, OfAClientIsAnAddress) {
  EXPECT_EQ(read_client("[::1]:80"), "::1");
  EXPECT_EQ(read_client("unknown"), "");
}

TEST(ProxyValue, OfAHostIsAnAuthority) {
  EXPECT_EQ(read_host("a.example:8443"), "a.example:8443");
  EXPECT_EQ(read_host("[::1]:80"), "[::1]:80");
  EXPECT_EQ(read_host("http://a"), "");
  EXPECT_EQ(read_host("a b"), "");
  EXPECT_EQ(read_host(""), "");
  EXPECT_EQ(read_server("a.example:8443"), "a.example");
  EXPECT_EQ(read_server("[::1]"), "[::1]");
  EXPECT_EQ(read_server("a/b"), "");
}

TEST(ProxyValue, OfAPortIsANumber) {
  EXPECT_EQ(read_port("1"), "1");
  EXPECT_EQ(read_port("65535"), "65535");
  for (const std::string_view text : {"", "0", "080", "65536", "99999", "100000", "-1", "80a"}) {
    EXPECT_EQ(read_port(text), "") << text;
  }
}

TEST(ProxyValue, OfASchemeIsASwitchToo) {
  for (const std::string_view text : {"https", "HTTPS", "on", "On", "1", "true"}) {
    EXPECT_EQ(read_scheme(text), "https") << text;
  }
  for (const std::string_view text : {"http", "off", "0", "false", "gopher"}) {
    EXPECT_EQ(read_scheme(text), "http") << text;
  }
  EXPECT_EQ(read_scheme(""), "");
}

TEST(ProxyValue, OfAScriptNameIsAPath) {
  EXPECT_EQ(read_script_name("/a/b/"), "/a/b");
  EXPECT_EQ(read_script_name("/"), "");
  EXPECT_EQ(read_script_name("a"), std::nullopt);
  EXPECT_EQ(read_script_name(""), std::nullopt);
  EXPECT_EQ(read_script_name("//host/a"), std::nullopt);
}

}  // namespace
}  // namespace forkloom::routing
