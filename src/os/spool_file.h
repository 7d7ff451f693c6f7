#pragma once

// A temporary file without a name, for a request body too large for memory. It is gone when the
// descriptor closes, whatever ends the process. One thread appends; when it has ended, any threads
// read.

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::os {

// $TMPDIR, else /tmp. To be asked once at start: an application may change the environment.
std::string temporary_folder();

class SpoolFile {
 public:
  static Result<SpoolFile> open(const std::string& folder);

  // All of it, or an Error (a full disk: ENOSPC), after which the file is of no use.
  Result<void> append(std::span<const char> bytes);
  // Copies up to into.size() bytes from offset; returns how many, 0 at the end.
  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;
  std::uint64_t size() const { return size_; }

 private:
  SpoolFile() = default;
  UniqueFd fd_;
  std::uint64_t size_ = 0;
};

}  // namespace forkloom::os
