#include "os/socket.h"

#include <array>
#include <cstdio>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

struct Pair {
  Pair() {
    int fds[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    left.reset(fds[0]);
    right.reset(fds[1]);
  }
  UniqueFd left;
  UniqueFd right;
};

std::string read_all(int fd) {
  std::string text;
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(fd, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(n));
  }
  return text;
}

TEST(SendPieces, SendsThemInOrderAndSkipsEmptyOnes) {
  Pair pair;
  const std::array<std::string_view, 3> pieces = {"one ", "", "two"};
  const Progress progress = send_pieces(pair.left.get(), pieces, false);
  EXPECT_EQ(progress.bytes, 7U);
  EXPECT_EQ(progress.error, 0);
  EXPECT_EQ(read_all(pair.right.get()), "one two");
}

TEST(SendPieces, SaysHowMuchAFullSocketTook) {
  Pair pair;
  const std::string large(8U << 20, 'x');
  const std::array<std::string_view, 1> pieces = {large};
  const Progress progress = send_pieces(pair.left.get(), pieces, false);
  EXPECT_EQ(progress.error, EAGAIN);
  EXPECT_EQ(read_all(pair.right.get()).size(), progress.bytes);
}

TEST(SendPieces, TellsOfALostConnectionWithoutASignal) {
  Pair pair;
  pair.right.reset();
  const std::array<std::string_view, 1> pieces = {"x"};
  EXPECT_EQ(send_pieces(pair.left.get(), pieces, false).error, EPIPE);
}

TEST(SendFile, SendsARangeAndLeavesTheFilesOwnOffset) {
  Pair pair;
  const UniqueFd file(::fileno(std::tmpfile()));
  ASSERT_EQ(::write(file.get(), "0123456789", 10), 10);
  ASSERT_EQ(::lseek(file.get(), 7, SEEK_SET), 7);
  EXPECT_EQ(send_file(pair.left.get(), file.get(), 2, 5).bytes, 5U);
  EXPECT_EQ(read_all(pair.right.get()), "23456");
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_CUR), 7);
  EXPECT_EQ(send_file(pair.left.get(), file.get(), 10, 1).error, ENODATA);
}

TEST(RegularFileSize, RefusesWhatIsNoRegularFile) {
  Pair pair;
  EXPECT_EQ(regular_file_size(pair.left.get()).error().number(), EINVAL);
  const UniqueFd file(::fileno(std::tmpfile()));
  ASSERT_EQ(::write(file.get(), "abc", 3), 3);
  EXPECT_EQ(regular_file_size(file.get()).value(), 3U);
}

TEST(ReadableBytes, CountsWhatWaits) {
  Pair pair;
  EXPECT_EQ(readable_bytes(pair.right.get()), 0U);
  ASSERT_EQ(::write(pair.left.get(), "abc", 3), 3);
  EXPECT_EQ(readable_bytes(pair.right.get()), 3U);
}

TEST(LocalAddress, OfAnUnnamedUnixSocketHasNoPath) {
  Pair pair;
  const SocketAddress address = local_address(pair.left.get());
  EXPECT_TRUE(address.is_unix);
  EXPECT_EQ(address.address, "");
}

}  // namespace
}  // namespace forkloom::os
