#pragma once

// Opens a file below a folder so that no path, and no link made while we look, leads out of it
// against the rule for symbolic links.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::os {

// Symbolic links below the folder. Those of /proc that stand for open files are never followed
// where the kernel has openat2(2) (Linux 5.6).
enum class Links : std::uint8_t {
  kNever,
  kOwnerMatch,  // where the link and what it leads to have the same owner
  kAlways,      // wherever they lead
};

// `root` itself is trusted: links in it are followed, and it may be a file where `relative` is "".
// `relative` has no leading or trailing slash and no empty, "." or ".." segment. Opened for
// reading, close-on-exec, never blocking (a FIFO); a folder that may be passed but not read is
// opened without the right to read it. An Error carries errno: ELOOP where a link was in the way.
Result<UniqueFd> open_below(const std::string& root, const std::string& relative, Links links);

// The same, segment by segment, for kernels and sandboxes without openat2(2).
Result<UniqueFd> open_below_by_walk(const std::string& root, const std::string& relative,
                                    Links links);

}  // namespace forkloom::os
