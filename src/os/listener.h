#pragma once

// Listening stream sockets: TCP over IPv4 and IPv6, and UNIX. All are non-blocking and
// close-on-exec. The Errors are for whoever started the server: they name the address and say what
// would be right.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"
#include "os/socket_file.h"

namespace forkloom::os {

struct TcpListener {
  UniqueFd fd;
  std::string address;  // numeric, with the port in use: "127.0.0.1:8000", "[::1]:8000"
};

// host: a numeric address, a name, or "*" (every address of the machine, IPv4 and IPv6). A name
// that has several addresses gives a listener for each that this machine has. An IPv6 socket takes
// IPv6 only. Port 0: one that is free, the same for all addresses of the host.
Result<std::vector<TcpListener>> listen_tcp(const std::string& host, std::uint16_t port,
                                            std::uint32_t backlog);

struct UnixListener {
  UniqueFd fd;
  SocketFile file;
};

// Replaces a socket file that no server listens on any more.
Result<UnixListener> listen_unix(const std::string& path, std::uint32_t backlog);

// The message for a failed bind or listen on an address as the user wrote it.
Error listen_failure(int error_number, std::string_view address);

}  // namespace forkloom::os
