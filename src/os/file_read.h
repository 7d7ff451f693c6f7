#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"

namespace forkloom::os {

// Fills `into` from the borrowed descriptor's file, from `offset`; fewer bytes only at its end.
Result<std::size_t> read_file_at(int fd, std::uint64_t offset, std::span<char> into);

}  // namespace forkloom::os
