#include "config/network.h"

#include <algorithm>
#include <bit>
#include <optional>

#include <fmt/format.h>

#include "config/values.h"

namespace forkloom::config {
namespace {

using Network = Requirement::Network;

constexpr unsigned kMappedBits = 96;  // those of ::ffff:0:0 before an IPv4 address
constexpr const char* kForms =
    "write an address, an address and its prefix like 10.1.0.0/16 or 2001:db8::/32, or the first "
    "parts of an IPv4 address like 10.1";

tl::unexpected<Fault> refuse_network(std::string_view text) {
  return refuse(fmt::format("'{}' is not a network", text), kForms);
}

// "10", "10.1", "10.1.2", each with a dot at its end too.
std::optional<Network> read_partial(std::string_view text) {
  Network network{.address = *parse_ip("0.0.0.0"), .prefix_bits = kMappedBits};
  for (int parts = 0; parts < 3; ++parts) {
    const auto part = take_ipv4_part(text);
    if (!part) return std::nullopt;
    network.address[network.prefix_bits / 8] = *part;
    network.prefix_bits += 8;
    if (text.empty()) return network;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
    if (text.empty()) return network;
  }
  return std::nullopt;
}

// Bits of a mask like 255.255.0.0; nullopt where its ones are not all in front.
std::optional<unsigned> mask_bits(std::string_view text) {
  const auto mask = parse_ip(text);
  if (!mask || text.find(':') != std::string_view::npos) return std::nullopt;
  std::uint32_t bits = 0;
  for (std::size_t i = kMappedBits / 8; i < mask->size(); ++i) bits = bits << 8 | (*mask)[i];
  const int ones = std::countl_one(bits);
  if (ones != std::popcount(bits)) return std::nullopt;
  return static_cast<unsigned>(ones);
}

void clear_after_prefix(Network& network) {
  for (std::size_t i = 0; i < network.address.size(); ++i) {
    const int kept =
        std::clamp(static_cast<int>(network.prefix_bits) - static_cast<int>(8 * i), 0, 8);
    network.address[i] &= static_cast<std::uint8_t>(0xff00 >> kept);
  }
}

bool has_same_prefix(const Network& network, const IpAddress& address) {
  const std::size_t whole = network.prefix_bits / 8;
  const unsigned rest = network.prefix_bits % 8;
  return std::equal(address.begin(), address.begin() + whole, network.address.begin()) &&
         (rest == 0 || (address[whole] ^ network.address[whole]) >> (8 - rest) == 0);
}

}  // namespace

Checked<Network> read_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view address_text = text.substr(0, slash);
  const auto address = parse_ip(address_text);
  if (slash == std::string_view::npos) {
    if (address) return Network{.address = *address, .prefix_bits = 128};
    if (const auto network = read_partial(text)) return *network;
    return refuse_network(text);
  }
  if (!address) return refuse_network(text);

  const std::string_view prefix = text.substr(slash + 1);
  const bool is_ipv4_text = address_text.find(':') == std::string_view::npos;
  const unsigned implied = is_ipv4_text ? kMappedBits : 0;
  unsigned bits = 0;
  if (is_ipv4_text && prefix.find('.') != std::string_view::npos) {
    const auto masked = mask_bits(prefix);
    if (!masked) {
      return refuse(fmt::format("'{}' is not a mask", prefix), "write one like 255.255.0.0");
    }
    bits = *masked;
  } else {
    const auto number = read_number(prefix, {.minimum = 0, .maximum = 128 - implied}, "bits");
    if (!number) return refuse(number.error());
    bits = static_cast<unsigned>(*number);
  }
  Network network{.address = *address, .prefix_bits = static_cast<std::uint8_t>(implied + bits)};
  clear_after_prefix(network);
  return network;
}

bool contains(const Network& network, const IpAddress& address) {
  if (network.prefix_bits < kMappedBits && is_ipv4(address)) return false;
  return has_same_prefix(network, address);
}

bool contains(std::span<const Network> networks, const IpAddress& address) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return contains(network, address); });
}

}  // namespace forkloom::config
