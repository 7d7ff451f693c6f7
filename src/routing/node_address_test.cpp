#include "routing/node_address.h"

#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

TEST(NodeAddress, IsReadWithAndWithoutPort) {
  for (const std::string_view text : {"1.2.3.4", "1.2.3.4:80", "1.2.3.4:_port"}) {
    const auto node = read_node_address(text);
    ASSERT_TRUE(node.has_value()) << text;
    EXPECT_EQ(node->text, "1.2.3.4");
    EXPECT_EQ(node->address, parse_ip("1.2.3.4"));
  }
  for (const std::string_view text :
       {"2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:65535", "[2001:db8::1]:_x"}) {
    const auto node = read_node_address(text);
    ASSERT_TRUE(node.has_value()) << text;
    EXPECT_EQ(node->text, "2001:db8::1");
  }
}

TEST(NodeAddress, IsRefusedWhereItIsNone) {
  for (const std::string_view text : {"",
                                      "[",
                                      "]",
                                      "[]",
                                      "[]:80",
                                      "unknown",
                                      "_hidden",
                                      "_hidden:80",
                                      "host.example",
                                      "1.2.3",
                                      "1.2.3.4:",
                                      "1.2.3.4:http",
                                      "1.2.3.4:_",
                                      "1.2.3.4:123456",
                                      "1.2.3.4:80:80",
                                      "[1.2.3.4]",
                                      "[1.2.3.4]:80",
                                      "[::1",
                                      "[::1]80",
                                      "[::1]:",
                                      "[::1]x",
                                      "[::1%eth0]",
                                      "1.2.3.4 ",
                                      "\"1.2.3.4\""}) {
    EXPECT_FALSE(read_node_address(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace forkloom::routing
