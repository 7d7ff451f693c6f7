#pragma once

// Starting another program with exactly the descriptors that it is meant to have.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "os/process_end.h"

namespace forkloom::os {

// Who a program runs as. Taking it over needs root.
struct Account {
  std::uint32_t user = 0;
  std::uint32_t group = 0;
  std::vector<std::uint32_t> groups;  // supplementary
};

struct Program {
  std::string executable;                // a path: PATH is not searched
  std::vector<std::string> arguments;    // argv, with argv[0]
  std::vector<std::string> environment;  // "NAME=value" each
  std::optional<Account> account = {};   // nullopt: this process's own
};

// Borrowed descriptors that become 0, 1 and 2; -1 leaves the parent's own.
struct StandardStreams {
  int in = -1;
  int out = -1;
  int err = -1;
};

// Starts the program as a child of this process. It has 0, 1, 2 and `kept` at their own numbers,
// nothing else; no signal is blocked, and each has its default action. The descriptors of this
// process keep their flags. Returns when the program runs; a failure of exec is an Error that names
// the executable. 0, 1 and 2 must be open here (open_missing_standard_streams). Any thread.
Result<ProcessId> spawn(const Program& program, std::span<const int> kept,
                        const StandardStreams& streams = {});

// Sets a variable of the program's environment.
void set_variable(Program& program, std::string_view name, std::string_view value);

// This process's environment, copied. Not to be called while another thread changes it.
std::vector<std::string> environment();
// nullopt where it is not set, or empty.
std::optional<std::string> environment_variable(const char* name);

}  // namespace forkloom::os
