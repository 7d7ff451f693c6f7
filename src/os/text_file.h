#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace forkloom::os {

// The whole content of a regular file of at most `most` bytes. Never waits for a FIFO's writer.
Result<std::string> read_text_file(const std::string& path, std::size_t most);

}  // namespace forkloom::os
