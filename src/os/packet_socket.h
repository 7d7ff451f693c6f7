#pragma once

// UNIX SOCK_SEQPACKET pairs: messages with their boundaries kept, in order, and an end of file when
// the other side is gone.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::os {

// Both close-on-exec and blocking.
Result<std::pair<UniqueFd, UniqueFd>> make_packet_pair();
// One packet. No signal is raised where the other side is gone (Error EPIPE). A packet is limited
// by the socket's send buffer (EMSGSIZE), about 200 KB.
Result<void> send_packet(int fd, std::string_view packet);
// One whole packet; nullopt at end of file. Where the descriptor is non-blocking and nothing is
// there, an Error with EAGAIN.
Result<std::optional<std::string>> receive_packet(int fd);

}  // namespace forkloom::os
