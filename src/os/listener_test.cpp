#include "os/listener.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace forkloom::os {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::uint32_t kBacklog = 16;

std::uint16_t port_of(const TcpListener& listener) {
  return static_cast<std::uint16_t>(
      std::stoi(listener.address.substr(listener.address.rfind(':') + 1)));
}

bool has_ipv6() {
  return UniqueFd(::socket(AF_INET6, SOCK_STREAM, 0)).is_open() &&
         listen_tcp("::1", 0, kBacklog).has_value();
}

TEST(ListenTcp, TakesConnectionsOnAFreePort) {
  const auto listeners = listen_tcp("127.0.0.1", 0, kBacklog);
  ASSERT_TRUE(listeners.has_value());
  ASSERT_EQ(listeners->size(), 1U);
  const TcpListener& listener = listeners->front();
  EXPECT_THAT(listener.address, StartsWith("127.0.0.1:"));
  EXPECT_NE(port_of(listener), 0);
  EXPECT_NE(::fcntl(listener.fd.get(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_NE(::fcntl(listener.fd.get(), F_GETFD) & FD_CLOEXEC, 0);

  const UniqueFd client(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_of(listener));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(client.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

TEST(ListenTcp, AUsedPortIsNamedWithWhatToDo) {
  const auto first = listen_tcp("127.0.0.1", 0, kBacklog);
  ASSERT_TRUE(first.has_value());
  const auto second = listen_tcp("127.0.0.1", port_of(first->front()), kBacklog);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().message(),
            first->front().address +
                " is already in use by another program: stop it or choose "
                "another address with --bind");
}

TEST(ListenTcp, Ipv6AndIpv4ShareAPort) {
  if (!has_ipv6()) GTEST_SKIP() << "no IPv6 here";
  const auto v6 = listen_tcp("::", 0, kBacklog);
  ASSERT_TRUE(v6.has_value());
  EXPECT_THAT(v6->front().address, StartsWith("[::]:"));
  EXPECT_TRUE(listen_tcp("0.0.0.0", port_of(v6->front()), kBacklog).has_value());
}

TEST(ListenTcp, ANameGivesAllItsAddressesWithOnePort) {
  for (const char* host : {"localhost", "*"}) {
    const auto listeners = listen_tcp(host, 0, kBacklog);
    ASSERT_TRUE(listeners.has_value()) << listeners.error().message();
    ASSERT_FALSE(listeners->empty());
    for (const auto& listener : *listeners) {
      EXPECT_EQ(port_of(listener), port_of(listeners->front()));
    }
  }
}

TEST(ListenTcp, WhatIsNoAddressOfThisMachineIsNamed) {
  const auto foreign = listen_tcp("192.0.2.1", 8000, kBacklog);
  ASSERT_FALSE(foreign.has_value());
  EXPECT_THAT(foreign.error().message(),
              StartsWith("192.0.2.1:8000 is no address of this machine"));
  const auto unknown = listen_tcp("no such host", 8000, kBacklog);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_THAT(unknown.error().message(), HasSubstr("'no such host'"));
}

TEST(ListenFailure, SaysWhatAPrivilegedPortNeeds) {
  EXPECT_THAT(listen_failure(EACCES, "0.0.0.0:80").message(),
              HasSubstr("ports below 1024 need root or the capability CAP_NET_BIND_SERVICE"));
}

class ListenUnix : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "/forkloom-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ / "app.sock";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  bool can_connect() const {
    const UniqueFd client(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    return ::connect(client.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  std::filesystem::path folder_;
  std::filesystem::path path_;
};

TEST_F(ListenUnix, TheFileLivesAsLongAsItsOwner) {
  {
    const auto listener = listen_unix(path_, kBacklog);
    ASSERT_TRUE(listener.has_value()) << listener.error().message();
    EXPECT_TRUE(can_connect());
  }
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ListenUnix, ALiveServerIsNotDisplaced) {
  const auto first = listen_unix(path_, kBacklog);
  ASSERT_TRUE(first.has_value());
  const auto second = listen_unix(path_, kBacklog);
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().message(),
              StartsWith("unix:" + path_.string() + " is already in use"));
  EXPECT_TRUE(can_connect());
}

TEST_F(ListenUnix, AStaleFileIsReplaced) {
  auto first = listen_unix(path_, kBacklog);
  ASSERT_TRUE(first.has_value());
  first->fd.reset();
  EXPECT_FALSE(can_connect());
  const auto second = listen_unix(path_, kBacklog);
  ASSERT_TRUE(second.has_value()) << second.error().message();
  EXPECT_TRUE(can_connect());
}

TEST_F(ListenUnix, ASuccessorsFileIsNotRemoved) {
  auto first = listen_unix(path_, kBacklog);
  ASSERT_TRUE(first.has_value());
  std::filesystem::rename(path_, folder_ / "old.sock");
  const auto second = listen_unix(path_, kBacklog);
  ASSERT_TRUE(second.has_value());
  first->file.remove();
  EXPECT_TRUE(can_connect());
}

TEST_F(ListenUnix, AnotherKindOfFileIsLeftAlone) {
  std::ofstream(path_) << "precious";
  const auto listener = listen_unix(path_, kBacklog);
  ASSERT_FALSE(listener.has_value());
  EXPECT_THAT(listener.error().message(), HasSubstr("exists and is no socket"));
  EXPECT_EQ(std::filesystem::file_size(path_), 8U);
}

TEST_F(ListenUnix, PathsThatCannotBeAreRefused) {
  const auto missing = listen_unix(folder_ / "none" / "app.sock", kBacklog);
  ASSERT_FALSE(missing.has_value());
  EXPECT_THAT(missing.error().message(), HasSubstr("its folder does not exist"));
  const auto too_long = listen_unix("/tmp/" + std::string(200, 'x'), kBacklog);
  ASSERT_FALSE(too_long.has_value());
  EXPECT_THAT(too_long.error().message(), EndsWith("this one has 205"));
}

}  // namespace
}  // namespace forkloom::os
