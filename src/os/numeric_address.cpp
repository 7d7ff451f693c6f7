#include "os/numeric_address.h"

#include <algorithm>

#include <arpa/inet.h>

namespace forkloom::os {

std::optional<NumericAddress> read_numeric_address(std::string_view text) {
  text = text.substr(0, text.find('%'));
  std::array<char, INET6_ADDRSTRLEN> closed{};
  if (text.size() >= closed.size()) return std::nullopt;
  std::copy(text.begin(), text.end(), closed.begin());

  NumericAddress address{};
  if (::inet_pton(AF_INET6, closed.data(), address.data()) == 1) return address;
  if (::inet_pton(AF_INET, closed.data(), address.data() + 12) != 1) return std::nullopt;
  address[10] = 0xff;
  address[11] = 0xff;
  return address;
}

}  // namespace forkloom::os
