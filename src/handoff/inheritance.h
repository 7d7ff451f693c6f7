#pragma once

// All that a child inherits from the parent: one struct, and the descriptors that it names. The
// parent writes it into a memory file whose descriptor number is the child's only argument; the
// child reads it back and closes every other descriptor.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::handoff {

struct Inheritance {
  struct Listener {
    int fd = -1;
    std::string address;  // config::ListenAddress::text()
  };
  // The configuration in force as text (what --print-config prints): the child reads the same.
  std::string settings_text;
  std::vector<Listener> listeners;
  // Log files that the parent has opened, since the child may be a user who cannot.
  struct LogFile {
    int fd = -1;
    std::string path;
  };
  std::vector<LogFile> logs;
  int parent_channel_fd = -1;      // SOCK_SEQPACKET: see handoff/channel.h
  int scoreboard_fd = -1;          // shared memory: see scoreboard/scoreboard.h
  std::uint32_t child_number = 0;  // row of the scoreboard
};

// Descriptor of the log file at `path`, -1 where none is inherited.
int inherited_log(const Inheritance& inheritance, std::string_view path);

// Every descriptor that it names.
std::vector<int> named_descriptors(const Inheritance& inheritance);

// Memory file (sealed) that holds the struct as JSON.
Result<os::UniqueFd> write_inheritance(const Inheritance& inheritance);
// Reads it and marks fd and every descriptor it names close-on-exec, so that no program that the
// application runs inherits them.
Result<Inheritance> read_inheritance(int fd);

}  // namespace forkloom::handoff
