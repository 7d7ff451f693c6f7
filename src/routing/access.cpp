#include "routing/access.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "os/numeric_address.h"

namespace forkloom::routing {
namespace {

using config::Requirement;
using Network = Requirement::Network;

const Network kLoopback4 = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 0}, 104};
const Network kLoopback6 = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128};

bool contains(const Network& network, const os::NumericAddress& address) {
  const std::size_t bits = std::min<std::size_t>(network.prefix_bits, 128);
  const std::size_t bytes = bits / 8;
  if (!std::equal(address.begin(), address.begin() + bytes, network.address.begin())) return false;
  if (bits % 8 == 0) return true;
  const unsigned mask = 0xff00U >> (bits % 8);
  return ((address[bytes] ^ network.address[bytes]) & mask & 0xffU) == 0;
}

}  // namespace

bool is_granted(const std::vector<Requirement>& require, std::string_view remote_address) {
  if (require.empty()) return true;
  const bool is_unix = remote_address.empty();
  std::optional<os::NumericAddress> address;  // read where a rule asks for it
  const auto is_within = [&](const Network& network) {
    if (!address) address = os::read_numeric_address(remote_address);
    return address && contains(network, *address);
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
