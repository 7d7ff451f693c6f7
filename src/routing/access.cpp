#include "routing/access.h"

#include <algorithm>
#include <optional>

#include "base/ip_address.h"
#include "config/network.h"

namespace forkloom::routing {
namespace {

using config::Requirement;
using Network = Requirement::Network;

const Network kLoopback4 = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 0}, 104};
const Network kLoopback6 = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128};

}  // namespace

bool is_granted(const std::vector<Requirement>& require, std::string_view remote_address) {
  if (require.empty()) return true;
  const bool is_unix = remote_address.empty();
  std::optional<IpAddress> address;  // read where a rule asks for it
  const auto is_within = [&](const Network& network) {
    if (!address) address = parse_scoped_ip(remote_address);
    return address && config::contains(network, *address);
  };
  return std::any_of(require.begin(), require.end(), [&](const Requirement& one) {
    switch (one.kind) {
      case Requirement::Kind::kGranted:
        return true;
      case Requirement::Kind::kDenied:
        return false;
      case Requirement::Kind::kAddress:
        return std::any_of(one.networks.begin(), one.networks.end(), is_within);
      case Requirement::Kind::kLocal:
        return is_unix || is_within(kLoopback4) || is_within(kLoopback6);
    }
    return false;
  });
}

}  // namespace forkloom::routing
