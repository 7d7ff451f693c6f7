#include "supervisor/listening_sockets.h"

#include <utility>

#include "os/listener.h"

namespace forkloom::supervisor {

Result<ListeningSockets> ListeningSockets::open(const std::vector<config::ListenAddress>& addresses,
                                                std::uint32_t backlog) {
  ListeningSockets result;
  for (const auto& address : addresses) {
    if (!address.unix_path.empty()) {
      auto listener = os::listen_unix(address.unix_path, backlog);
      if (!listener) return fail(std::move(listener).error());
      result.sockets_.push_back(
          {std::move(listener->fd), address.text(), std::move(listener->file)});
      continue;
    }
    auto listeners = os::listen_tcp(address.host, address.port, backlog);
    if (!listeners) return fail(std::move(listeners).error());
    for (auto& listener : *listeners) {
      result.sockets_.push_back({std::move(listener.fd), std::move(listener.address), {}});
    }
  }
  return result;
}

std::vector<handoff::Inheritance::Listener> ListeningSockets::for_children() const {
  std::vector<handoff::Inheritance::Listener> listeners;
  for (const Socket& socket : sockets_) listeners.push_back({socket.fd.get(), socket.address});
  return listeners;
}

void ListeningSockets::close() { sockets_.clear(); }

}  // namespace forkloom::supervisor
