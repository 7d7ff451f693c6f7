#pragma once

// Which host answers: by the address that the client connected to, then by the name it asks for.
// Immutable, safe from any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/ip_address.h"
#include "config/site.h"

namespace forkloom::routing {

// The server's end of a connection.
struct LocalAddress {
  std::string_view address;  // numeric, without brackets
  std::uint16_t port = 0;
  bool is_unix = false;  // matches the hosts of any address ("*"), whatever their port
};

class Hosts {
 public:
  // The first is the main server, the others are virtual hosts in the order of the file. Borrowed.
  explicit Hosts(const std::vector<config::Host>& hosts);

  // Of the hosts that name the address most closely, the first whose ServerName or ServerAlias is
  // the authority's ("name:port"); the first of them where none is; the main server where no host
  // has the address.
  std::size_t find(const LocalAddress& local, std::string_view authority) const;
  // The same before a name is known.
  std::size_t first(const LocalAddress& local) const;

 private:
  // The hosts of one address.
  struct Group {
    std::optional<IpAddress> address;  // nullopt: any
    std::uint16_t port = 0;            // 0: any
    std::vector<std::size_t> hosts;
  };

  const std::vector<std::size_t>* group_of(const LocalAddress& local) const;
  bool is_called(std::size_t host, std::string_view name) const;
  void add(const config::HostAddress& address, std::size_t host);

  const std::vector<config::Host>& hosts_;
  std::vector<Group> groups_;             // the closest first
  std::vector<std::size_t> any_address_;  // for UNIX sockets
};

}  // namespace forkloom::routing
