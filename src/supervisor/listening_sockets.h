#pragma once

// The server's listening sockets. The parent opens them once and keeps them while children come and
// go, so that clients who connect in between wait instead of being refused.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "handoff/inheritance.h"
#include "os/descriptor.h"
#include "os/socket_file.h"

namespace forkloom::supervisor {

class ListeningSockets {
 public:
  static Result<ListeningSockets> open(const std::vector<config::ListenAddress>& addresses,
                                       std::uint32_t backlog);

  // As children get them; the descriptors are borrowed.
  std::vector<handoff::Inheritance::Listener> for_children() const;
  // Closes the parent's descriptors and removes the socket files.
  void close();

 private:
  struct Socket {
    os::UniqueFd fd;
    std::string address;
    os::SocketFile file;  // of a UNIX socket
  };
  std::vector<Socket> sockets_;
};

}  // namespace forkloom::supervisor
