#include "config/server_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

struct Written {
  std::string_view text;
  std::string_view name;
  std::uint16_t port = 0;
  std::string_view scheme;
};

TEST(ServerName, MayHaveASchemeAndAPort) {
  for (const auto& [text, name, port, scheme] :
       std::initializer_list<Written>{{"www.example.com", "www.example.com", 0, ""},
                                      {"a:8080", "a", 8080, ""},
                                      {"HTTPS://a_b.example:443", "a_b.example", 443, "https"},
                                      {"[2001:db8::1]", "[2001:db8::1]", 0, ""},
                                      {"http://[::1]:80", "[::1]", 80, "http"}}) {
    Host host;
    ASSERT_TRUE(read_server_name(text, host).has_value()) << text;
    EXPECT_EQ(host.name, name);
    EXPECT_EQ(host.port, port);
    EXPECT_EQ(host.scheme, scheme);
  }
}

TEST(ServerName, SaysWhatIsWrong) {
  expect_sayings({
      {"ServerName",
       "ServerName: it takes 1 argument, not 0: write ServerName [SCHEME://]NAME[:PORT]"},
      {R"(ServerName "")",
       "ServerName: '' is not a host's name: write a name like www.example.com, or "
       "https://www.example.com:443"},
      {R"(ServerName "a b")",
       "ServerName: 'a b' is not a host's name: write a name like www.example.com, or "
       "https://www.example.com:443"},
      {"ServerName a/b",
       "ServerName: 'a/b' is not a host's name: write a name like www.example.com, or "
       "https://www.example.com:443"},
      {"ServerName *.example.com",
       "ServerName: '*.example.com' is not a host's name: write a name like www.example.com, or "
       "https://www.example.com:443"},
      {"ServerName ftp://a",
       "ServerName: 'ftp' is not a scheme of the web: write a name like www.example.com, or "
       "https://www.example.com:443"},
      {"ServerName a:0", "ServerName: '0' is not a port from 1 to 65535: write one, or none"},
      {"ServerName a:", "ServerName: '' is not a port from 1 to 65535: write one, or none"},
      {"ServerName a:http", "ServerName: 'http' is not a port from 1 to 65535: write one, or none"},
      {"ServerName [x]",
       "ServerName: '[x]' is not a host's name: write a name like www.example.com, or "
       "https://www.example.com:443"},
      {"ServerName []",
       "ServerName: '[]' is not a host's name: write a name like www.example.com, or "
       "https://www.example.com:443"},
      {"ServerName ::1", "ServerName: '::1' is an IPv6 address without brackets: write [::1]"},
  });
}

TEST(ServerAlias, MayHaveWildcards) {
  EXPECT_EQ(read_server_alias("*.example.?om"), "*.example.?om");
  EXPECT_EQ(read_server_alias("[::1]"), "[::1]");
  for (const std::string_view text : {"", "a:80", "http://a", "a b", "[x]"}) {
    EXPECT_FALSE(read_server_alias(text).has_value()) << text;
  }
}

TEST(HostAddress, IsAnyOrNumeric) {
  for (const auto& [text, host, port] :
       std::initializer_list<std::tuple<std::string_view, std::string_view, std::uint16_t>>{
           {"*", "", 0},
           {"*:80", "", 80},
           {"*:*", "", 0},
           {"_Default_:443", "", 443},
           {"10.0.0.1", "10.0.0.1", 0},
           {"10.0.0.1:80", "10.0.0.1", 80},
           {"[2001:DB8::1]", "2001:db8::1", 0},
           {"[::1]:80", "::1", 80}}) {
    const auto address = read_host_address(text);
    ASSERT_TRUE(address.has_value()) << text;
    EXPECT_EQ(*address, (HostAddress{std::string(host), port})) << text;
  }
}

TEST(HostAddress, SaysWhatIsWrong) {
  const auto said = [](std::string_view text) {
    const auto address = read_host_address(text);
    return address ? "" : address.error().problem + ": " + address.error().remedy;
  };
  constexpr const char* kRemedy =
      ": write *:80, an address like 10.0.0.1:80 or [2001:db8::1]:80, or *";
  EXPECT_EQ(said(""), std::string("'' is not a numeric address") + kRemedy);
  EXPECT_EQ(said("www.example.com:80"),
            std::string("'www.example.com:80' is not a numeric address") + kRemedy);
  EXPECT_EQ(said("*:x"), std::string("'x' is not a port from 1 to 65535") + kRemedy);
  EXPECT_EQ(said("*:"), std::string("'' is not a port from 1 to 65535") + kRemedy);
  EXPECT_EQ(said("2001:db8::1"),
            "'2001:db8::1' is an IPv6 address without brackets: write [2001:db8::1]");
}

}  // namespace
}  // namespace forkloom::config
