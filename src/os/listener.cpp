#include "os/listener.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

constexpr int kSocketKind = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

std::string with_port(std::string_view host, std::uint16_t port) {
  const bool is_v6 = host.find(':') != std::string_view::npos;
  return is_v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Result<AddressList> resolve(const std::string& host) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int error = ::getaddrinfo(host == "*" ? nullptr : host.c_str(), "0", &hints, &list);
  if (error != 0) {
    return fail(
        fmt::format("no address is known for the host '{}' ({}): use a numeric address or "
                    "a name that resolves, such as 127.0.0.1 or localhost",
                    host, ::gai_strerror(error)));
  }
  return AddressList(list, &::freeaddrinfo);
}

void set_port(sockaddr_storage& address, std::uint16_t port) {
  if (address.ss_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(address).sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in&>(address).sin_port = htons(port);
  }
}

std::uint16_t bound_port(int fd) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<sockaddr_in&>(address).sin_port);
}

std::string numeric_host(const addrinfo& info) {
  char text[NI_MAXHOST] = "";
  ::getnameinfo(info.ai_addr, info.ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
  return text;
}

// The listening socket, or the errno of what failed.
tl::expected<UniqueFd, int> open_tcp(const addrinfo& info, std::uint16_t port, int backlog) {
  UniqueFd fd(::socket(info.ai_family, kSocketKind, 0));
  if (!fd.is_open()) return tl::unexpected<int>(errno);
  const int on = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (info.ai_family == AF_INET6) {
    ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  }
  sockaddr_storage address = {};
  std::memcpy(&address, info.ai_addr, info.ai_addrlen);
  set_port(address, port);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), info.ai_addrlen) < 0 ||
      ::listen(fd.get(), backlog) < 0) {
    return tl::unexpected<int>(errno);
  }
  return fd;
}

// Whether the kernel lacks that address or its family, so that another of the same host may do.
bool is_unavailable(int error_number) {
  return error_number == EADDRNOTAVAIL || error_number == EAFNOSUPPORT;
}

// Whether a server answers behind the socket file.
bool is_alive(const sockaddr_un& address) {
  const UniqueFd fd(::socket(AF_UNIX, kSocketKind, 0));
  if (!fd.is_open()) return true;
  const int status =
      ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return status == 0 || errno != ECONNREFUSED;
}

Result<void> clear_stale(const std::string& path, const sockaddr_un& address) {
  struct stat found = {};
  if (::lstat(path.c_str(), &found) < 0) {
    if (errno == ENOENT) return {};
    return fail(listen_failure(errno, "unix:" + path));
  }
  if (!S_ISSOCK(found.st_mode)) {
    return fail(
        fmt::format("{} exists and is no socket: remove it or choose another path with "
                    "--bind unix:PATH",
                    path));
  }
  if (is_alive(address)) return fail(listen_failure(EADDRINUSE, "unix:" + path));
  if (::unlink(path.c_str()) < 0 && errno != ENOENT) {
    return fail(listen_failure(errno, "unix:" + path));
  }
  return {};
}

}  // namespace

Error listen_failure(int error_number, std::string_view address) {
  const bool is_unix = address.starts_with("unix:");
  switch (error_number) {
    case EADDRINUSE:
      return Error(
          fmt::format("{} is already in use by another program: stop it or choose another "
                      "address with --bind",
                      address));
    case EACCES:
      if (is_unix) {
        return Error(
            fmt::format("{} cannot be made: this user may not write in its folder; choose "
                        "another path with --bind unix:PATH",
                        address));
      }
      return Error(
          fmt::format("{} is not permitted: ports below 1024 need root or the capability "
                      "CAP_NET_BIND_SERVICE; choose a port from 1024 on with --bind",
                      address));
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return Error(
          fmt::format("{} is no address of this machine: use one of its own, such as "
                      "127.0.0.1, or 0.0.0.0 for all, with --bind",
                      address));
    case ENOENT:
      return Error(
          fmt::format("{} cannot be made: its folder does not exist; make it or choose "
                      "another path with --bind unix:PATH",
                      address));
    default:
      return Error::from_errno(error_number, fmt::format("listening on {}", address));
  }
}

Result<std::vector<TcpListener>> listen_tcp(const std::string& host, std::uint16_t port,
                                            std::uint32_t backlog) {
  const auto list = resolve(host);
  if (!list) return fail(list.error());

  std::vector<TcpListener> listeners;
  std::set<std::string> seen;
  std::optional<Error> unavailable;
  for (const addrinfo* info = list->get(); info != nullptr; info = info->ai_next) {
    const std::string numeric = numeric_host(*info);
    if (!seen.insert(numeric).second) continue;
    auto fd = open_tcp(*info, port, static_cast<int>(backlog));
    if (!fd) {
      Error error = listen_failure(fd.error(), with_port(numeric, port));
      if (!is_unavailable(fd.error())) return fail(std::move(error));
      unavailable = std::move(error);
      continue;
    }
    if (port == 0) port = bound_port(fd->get());
    listeners.push_back({std::move(*fd), with_port(numeric, port)});
  }
  if (listeners.empty() && unavailable) return fail(std::move(*unavailable));
  return listeners;
}

Result<UnixListener> listen_unix(const std::string& path, std::uint32_t backlog) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  constexpr std::size_t kMostBytes = sizeof address.sun_path - 1;
  if (path.empty() || path.size() > kMostBytes) {
    return fail(fmt::format("unix:{}: a socket's path has 1 to {} bytes, this one has {}", path,
                            kMostBytes, path.size()));
  }
  path.copy(address.sun_path, kMostBytes);
  if (auto cleared = clear_stale(path, address); !cleared) return fail(std::move(cleared).error());

  UnixListener listener;
  listener.fd.reset(::socket(AF_UNIX, kSocketKind, 0));
  if (!listener.fd.is_open() ||
      ::bind(listener.fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    return fail(listen_failure(errno, "unix:" + path));
  }
  auto file = SocketFile::adopt(path);
  if (!file) return fail(std::move(file).error());
  listener.file = std::move(*file);
  if (::listen(listener.fd.get(), static_cast<int>(backlog)) < 0) {
    return fail(listen_failure(errno, "unix:" + path));
  }
  return listener;
}

}  // namespace forkloom::os
