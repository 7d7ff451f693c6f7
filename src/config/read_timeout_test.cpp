#include "config/read_timeout.h"

#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

TEST(RequestReadTimeout, ReadsEachOfApachesForms) {
  Host host;
  ASSERT_TRUE(read_request_timeout("header=20-40,MinRate=500", host).has_value());
  EXPECT_EQ(host.header_read_timeout, (ReadTimeout{seconds(20), seconds(40), 500}));
  ASSERT_TRUE(read_request_timeout("BODY=20,minrate=500", host).has_value());
  EXPECT_EQ(host.body_read_timeout, (ReadTimeout{seconds(20), seconds(0), 500}));
  ASSERT_TRUE(read_request_timeout("body=10", host).has_value());
  EXPECT_EQ(host.body_read_timeout, (ReadTimeout{seconds(10), seconds(0), 0}));
}

TEST(RequestReadTimeout, LeavesTheOtherStageAsItIs) {
  Host host;
  host.header_read_timeout = {seconds(7), seconds(0), 0};
  ASSERT_TRUE(read_request_timeout("body=0", host).has_value());
  EXPECT_EQ(host.header_read_timeout->initial, seconds(7));
  EXPECT_EQ(host.body_read_timeout, ReadTimeout{});
}

TEST(RequestReadTimeout, IsRefusedWhereApacheRefusesItOrItMeansNothing) {
  for (const std::string_view text :
       {"", "20", "header", "header=", "header=x", "head=20", "handshake=5", "header=20-40",
        "header=40-20,MinRate=500", "header=20-20,MinRate=500", "header=20,MinRate=0",
        "header=20,Rate=5", "header=20,MinRate", "header=20,", "header=20-,MinRate=1",
        "header=0,MinRate=500", "header=0-10,MinRate=500", "header=20ms"}) {
    Host host;
    EXPECT_FALSE(read_request_timeout(text, host).has_value()) << text;
  }
}

}  // namespace
}  // namespace forkloom::config
