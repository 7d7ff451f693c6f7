#include "os/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace forkloom::os {
namespace {

// The most that one sendfile call is asked for, so that a fast reader of a large file does not
// keep the calling thread for the whole of it.
constexpr std::uint64_t kMostFileBytes = 4U << 20;

SocketAddress describe(const sockaddr_storage& storage, socklen_t size) {
  SocketAddress address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  switch (storage.ss_family) {
    case AF_INET: {
      sockaddr_in in{};
      std::memcpy(&in, &storage, sizeof in);
      address.address = inet_ntop(AF_INET, &in.sin_addr, text.data(), text.size());
      address.port = ntohs(in.sin_port);
      address.is_wildcard = in.sin_addr.s_addr == INADDR_ANY;
      break;
    }
    case AF_INET6: {
      sockaddr_in6 in{};
      std::memcpy(&in, &storage, sizeof in);
      address.address = inet_ntop(AF_INET6, &in.sin6_addr, text.data(), text.size());
      address.port = ntohs(in.sin6_port);
      address.is_wildcard = IN6_IS_ADDR_UNSPECIFIED(&in.sin6_addr);
      break;
    }
    default: {
      address.is_unix = true;
      sockaddr_un un{};
      std::memcpy(&un, &storage, std::min<std::size_t>(size, sizeof un));
      const std::size_t path = offsetof(sockaddr_un, sun_path);
      // An abstract or unnamed socket has no path.
      if (size > path && un.sun_path[0] != '\0') {
        address.address.assign(un.sun_path, strnlen(un.sun_path, size - path));
      }
      break;
    }
  }
  return address;
}

}  // namespace

Result<Accepted> accept_connection(int listener) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  UniqueFd fd(::accept4(listener, reinterpret_cast<sockaddr*>(&storage), &size,
                        SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd.is_open()) return fail(Error::from_errno(errno, "accept"));
  if (storage.ss_family != AF_UNIX) {
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  return Accepted{std::move(fd), describe(storage, size)};
}

SocketAddress local_address(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  return describe(storage, size);
}

Progress send_pieces(int fd, std::span<const std::string_view> pieces, bool has_more) {
  std::array<iovec, kMostPieces> vectors;
  std::size_t count = 0;
  std::size_t total = 0;
  for (const std::string_view piece : pieces) {
    if (piece.empty()) continue;
    vectors[count++] = {const_cast<char*>(piece.data()), piece.size()};
    total += piece.size();
  }
  if (total == 0) return {};
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = count;
  const int flags = MSG_NOSIGNAL | MSG_DONTWAIT | (has_more ? MSG_MORE : 0);
  ssize_t sent = 0;
  do {
    sent = ::sendmsg(fd, &message, flags);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) return {0, errno == EWOULDBLOCK ? EAGAIN : errno};
  const auto bytes = static_cast<std::size_t>(sent);
  return {bytes, bytes == total ? 0 : EAGAIN};
}

Progress send_file(int fd, int file, std::uint64_t offset, std::uint64_t length) {
  const auto size = static_cast<std::size_t>(std::min(length, kMostFileBytes));
  auto position = static_cast<off_t>(offset);
  ssize_t sent = 0;
  do {
    sent = ::sendfile(fd, file, &position, size);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) return {0, errno};
  if (sent == 0 && length > 0) return {0, ENODATA};
  return {static_cast<std::size_t>(sent), 0};
}

std::size_t readable_bytes(int fd) {
  int bytes = 0;
  if (::ioctl(fd, FIONREAD, &bytes) != 0 || bytes < 0) return 0;
  return static_cast<std::size_t>(bytes);
}

void shutdown_sending(int fd) { ::shutdown(fd, SHUT_WR); }

void shutdown_both(int fd) { ::shutdown(fd, SHUT_RDWR); }

void reset_on_close(int fd) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

Result<std::uint64_t> regular_file_size(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return fail(Error::from_errno(errno, "fstat"));
  if (!S_ISREG(status.st_mode)) return fail(Error::from_errno(EINVAL, "not a regular file"));
  return static_cast<std::uint64_t>(status.st_size);
}

Result<UniqueFd> duplicate(int fd) {
  UniqueFd copy(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (!copy.is_open()) return fail(Error::from_errno(errno, "duplicating a descriptor"));
  return copy;
}

}  // namespace forkloom::os
