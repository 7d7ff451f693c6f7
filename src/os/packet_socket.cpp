#include "os/packet_socket.h"

#include <cerrno>

#include <sys/socket.h>

namespace forkloom::os {
namespace {

ssize_t receive(int fd, std::string& into, int flags) {
  ssize_t count = 0;
  do {
    count = ::recv(fd, into.data(), into.size(), flags);
  } while (count < 0 && errno == EINTR);
  return count;
}

}  // namespace

Result<std::pair<UniqueFd, UniqueFd>> make_packet_pair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
    return fail(Error::from_errno(errno, "socket pair"));
  }
  return std::pair(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

Result<void> send_packet(int fd, std::string_view packet) {
  ssize_t count = 0;
  do {
    count = ::send(fd, packet.data(), packet.size(), MSG_NOSIGNAL);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return fail(Error::from_errno(errno, "sending a packet"));
  return {};
}

Result<std::optional<std::string>> receive_packet(int fd) {
  std::string packet;
  const ssize_t size = receive(fd, packet, MSG_PEEK | MSG_TRUNC);
  // A side that is gone with packets of ours unread resets the connection: an end as well.
  if (size == 0 || (size < 0 && errno == ECONNRESET)) return std::nullopt;
  if (size < 0) return fail(Error::from_errno(errno, "receiving a packet"));
  packet.resize(static_cast<std::size_t>(size));
  const ssize_t count = receive(fd, packet, 0);
  if (count < 0) return fail(Error::from_errno(errno, "receiving a packet"));
  packet.resize(static_cast<std::size_t>(count));
  return packet;
}

}  // namespace forkloom::os
