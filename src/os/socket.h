#pragma once

// Connected stream sockets (TCP and UNIX): accepting, and sending without blocking. Descriptors
// are borrowed unless a UniqueFd says otherwise. Any thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::os {

struct SocketAddress {
  std::string address;     // numeric, without brackets; the path of a UNIX socket, "" where unnamed
  std::uint16_t port = 0;  // 0 for a UNIX socket
  bool is_unix = false;
  bool is_wildcard = false;  // 0.0.0.0 or ::
};

struct Accepted {
  UniqueFd fd;  // non-blocking, close-on-exec, TCP_NODELAY
  SocketAddress remote;
};

// Error EAGAIN where no connection waits; EMFILE and ENFILE where descriptors ran out; other
// numbers tell of a connection that broke before it was taken.
Result<Accepted> accept_connection(int listener);

// What the socket is bound to: for a connection the address that the client connected to.
SocketAddress local_address(int fd);

struct Progress {
  std::size_t bytes = 0;  // taken by the kernel
  // 0 where all was taken; EAGAIN where the socket is full; else the connection is lost.
  int error = 0;
};

// One sendmsg(2) of all pieces together; at most kMostPieces of them.
constexpr std::size_t kMostPieces = 64;
// has_more: more bytes follow at once (MSG_MORE).
Progress send_pieces(int fd, std::span<const std::string_view> pieces, bool has_more);
// sendfile(2) of [offset, offset + length). A file that ends early gives error ENODATA.
Progress send_file(int fd, int file, std::uint64_t offset, std::uint64_t length);

// Bytes that can be read without waiting; 0 also where the peer has closed.
std::size_t readable_bytes(int fd);

void shutdown_sending(int fd);
void shutdown_both(int fd);
// Closing will send a reset instead of an orderly end, so that the peer can tell that what it got
// is incomplete.
void reset_on_close(int fd);

// Size of the regular file behind fd; Error EINVAL where it is anything else.
Result<std::uint64_t> regular_file_size(int fd);
// A second, close-on-exec descriptor of the same open file.
Result<UniqueFd> duplicate(int fd);

}  // namespace forkloom::os
