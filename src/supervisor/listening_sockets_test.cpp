#include "supervisor/listening_sockets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "supervisor/testing_folder.h"

namespace forkloom::supervisor {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ListeningSocketsTest : public FolderTest {
 protected:
  static config::ListenAddress tcp(std::uint16_t port) {
    config::ListenAddress address;
    address.host = "127.0.0.1";
    address.port = port;
    return address;
  }
  config::ListenAddress unix_socket() const {
    config::ListenAddress address;
    address.unix_path = folder_ / "app.sock";
    return address;
  }
};

TEST_F(ListeningSocketsTest, AreNamedForChildrenAsTheyWereOpened) {
  const auto sockets = ListeningSockets::open({tcp(0), unix_socket()}, 16);
  ASSERT_TRUE(sockets.has_value()) << sockets.error().message();
  const auto listeners = sockets->for_children();
  ASSERT_EQ(listeners.size(), 2U);
  EXPECT_THAT(listeners[0].address, StartsWith("127.0.0.1:"));
  EXPECT_NE(listeners[0].address, "127.0.0.1:0");
  EXPECT_EQ(listeners[1].address, "unix:" + (folder_ / "app.sock").string());
  EXPECT_GT(listeners[0].fd, 2);
}

TEST_F(ListeningSocketsTest, ClosingRemovesTheSocketFileAndFreesThePort) {
  auto sockets = ListeningSockets::open({tcp(0), unix_socket()}, 16);
  ASSERT_TRUE(sockets.has_value());
  const std::string address = sockets->for_children()[0].address;
  const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
  const auto taken = ListeningSockets::open({tcp(port)}, 16);
  ASSERT_FALSE(taken.has_value());
  EXPECT_THAT(taken.error().message(), HasSubstr("already in use"));
  sockets->close();
  EXPECT_FALSE(std::filesystem::exists(folder_ / "app.sock"));
  EXPECT_TRUE(ListeningSockets::open({tcp(port)}, 16).has_value());
}

}  // namespace
}  // namespace forkloom::supervisor
