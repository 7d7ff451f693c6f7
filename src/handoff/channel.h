#pragma once

// What parent and child say to each other, one JSON message a packet of a SOCK_SEQPACKET pair.
// End of file tells each that the other is gone.

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::handoff {

// Child to parent.
struct Ready {                 // the application is loaded and the child accepts
  std::string python_version;  // "3.11.7"
  std::string python_executable;
  std::string interpreter_flavour;  // "" or "free-threaded"
};
struct Failed {         // the child could not start; it exits after this
  std::string message;  // as shown to the user, a traceback included
  // Whether starting it again could help: false where the application or configuration is wrong.
  bool is_final = true;
};
using Report = std::variant<Ready, Failed>;

// Parent end and child end; both close-on-exec.
Result<std::pair<os::UniqueFd, os::UniqueFd>> make_channel();
// A message too long for a packet loses its middle.
Result<void> send_report(int fd, const Report& report);
// nullopt at end of file. Blocks unless the descriptor is non-blocking (then Error EAGAIN).
Result<std::optional<Report>> receive_report(int fd);

}  // namespace forkloom::handoff
