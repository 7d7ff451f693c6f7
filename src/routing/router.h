#pragma once

// Host and path to what answers, and under which settings, in Apache's order: redirects of the
// host, mappings, the document root, sections, access, redirects of sections. One thread: it keeps
// the settings that it has merged.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "routing/hosts.h"
#include "routing/places.h"
#include "routing/route.h"
#include "routing/sections.h"

namespace forkloom::routing {

class Router {
 public:
  explicit Router(const config::Settings& settings);
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // With what they inherit, and file paths in their normal form. 0 is the main server.
  std::size_t host_count() const { return hosts_.size(); }
  const config::Host& host(std::size_t number) const { return hosts_[number]; }

  std::size_t find_host(std::string_view local_address, std::uint16_t local_port, bool is_unix,
                        std::string_view authority) const;
  // Whose limits a connection has before a request names a host.
  std::size_t first_host(std::string_view local_address, std::uint16_t local_port,
                         bool is_unix) const;

  // `encoded_path` is as received, `path` decoded and normalised (http/path.h), `query` without
  // "?". `remote_address` is numeric, "" for a UNIX socket. `into` is filled anew; given again, its
  // strings keep their room.
  void route(std::size_t host, std::string_view encoded_path, std::string_view path,
             std::string_view query, std::string_view remote_address, Route& into);
  // What is mapped at a path: the same without redirects, and without asking who may.
  void map(std::size_t host, std::string_view path, Route& into);

  const Place& place(std::size_t number) const { return places_.at(number); }

 private:
  // false where the request is refused for its escaped slashes. `path` becomes the one to route.
  bool take_encoded_slashes(const config::Host& host, std::string_view encoded_path,
                            std::string_view& path, Route& into) const;
  // Of the file that `route` leads to, if it leads to one.
  const Place& place_of(std::size_t host, std::string_view path, const Route& route);

  std::vector<config::Host> hosts_;
  Hosts by_name_;
  std::vector<Sections> sections_;  // by host
  Places places_;

  // Reused, so that routing allocates nothing once they have grown.
  std::string file_path_;
  std::vector<std::uint32_t> key_;
};

}  // namespace forkloom::routing
