#pragma once

#include <cstdint>

#include "base/result.h"

namespace forkloom::os {

// Raises the number of descriptors that this process and its later children may open from the soft
// to the hard limit. Returns what is in force.
Result<std::uint64_t> raise_descriptor_limit();

}  // namespace forkloom::os
