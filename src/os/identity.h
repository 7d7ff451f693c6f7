#pragma once

// Numbers by which the system knows this process and this thread.

#include <cstdint>

namespace forkloom::os {

std::int32_t process_id();
// Kernel's id of the calling thread, asked once per thread.
std::uint64_t thread_id();
// Name of the calling thread in ps, top and gdb; cut to 15 bytes.
void name_thread(const char* name);

}  // namespace forkloom::os
