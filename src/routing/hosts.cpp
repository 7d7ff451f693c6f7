#include "routing/hosts.h"

#include <algorithm>

#include "http/text.h"
#include "routing/wildcard.h"

namespace forkloom::routing {
namespace {

// RFC 9110 section 7.2; a trailing dot says only that the name is complete.
std::string_view name_of(std::string_view authority) {
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return authority;
  std::string_view name = authority.substr(0, authority.find(':', bracket));
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

}  // namespace

Hosts::Hosts(const std::vector<config::Host>& hosts) : hosts_(hosts) {
  for (std::size_t host = 1; host < hosts.size(); ++host) {
    for (const config::HostAddress& address : hosts[host].addresses) add(address, host);
  }
  const auto distance = [](const Group& group) {
    return (group.address ? 0 : 2) + (group.port != 0 ? 0 : 1);
  };
  std::stable_sort(groups_.begin(), groups_.end(), [&](const Group& left, const Group& right) {
    return distance(left) < distance(right);
  });
}

void Hosts::add(const config::HostAddress& address, std::size_t host) {
  const auto add_once = [host](std::vector<std::size_t>& list) {
    if (list.empty() || list.back() != host) list.push_back(host);
  };
  std::optional<IpAddress> numeric;
  if (address.host.empty()) {
    add_once(any_address_);
  } else {
    numeric = parse_scoped_ip(address.host);
    if (!numeric) return;  // no connection has such an address
  }
  auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& one) {
    return one.address == numeric && one.port == address.port;
  });
  if (group == groups_.end()) {
    group = groups_.insert(group, {.address = numeric, .port = address.port, .hosts = {}});
  }
  add_once(group->hosts);
}

const std::vector<std::size_t>* Hosts::group_of(const LocalAddress& local) const {
  if (local.is_unix) return any_address_.empty() ? nullptr : &any_address_;
  if (groups_.empty()) return nullptr;
  // Groups with an address come first.
  std::optional<IpAddress> numeric;
  if (groups_.front().address) numeric = parse_scoped_ip(local.address);
  for (const Group& group : groups_) {
    if (group.address && group.address != numeric) continue;
    if (group.port == 0 || group.port == local.port) return &group.hosts;
  }
  return nullptr;
}

bool Hosts::is_called(std::size_t host, std::string_view name) const {
  const auto is_same = [name](std::string_view known) {
    return has_wildcard(known) ? name_wildcard_matches(known, name)
                               : http::equals_ignoring_case(known, name);
  };
  const config::Host& known = hosts_[host];
  return (known.name && http::equals_ignoring_case(name_of(*known.name), name)) ||
         std::any_of(known.aliases.begin(), known.aliases.end(), is_same);
}

std::size_t Hosts::find(const LocalAddress& local, std::string_view authority) const {
  const std::vector<std::size_t>* group = group_of(local);
  if (group == nullptr) return 0;
  const std::string_view name = name_of(authority);
  if (name.empty()) return group->front();
  for (const std::size_t host : *group) {
    if (is_called(host, name)) return host;
  }
  return group->front();
}

std::size_t Hosts::first(const LocalAddress& local) const {
  const std::vector<std::size_t>* group = group_of(local);
  return group == nullptr ? 0 : group->front();
}

}  // namespace forkloom::routing
