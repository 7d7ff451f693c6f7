#pragma once

// For tests: counts what the C++ allocator is asked for. Linking allocation_count.cpp replaces
// operator new in the whole program.

#include <cstddef>

namespace forkloom::accesslog {

// Allocations of the calling thread since it began.
std::size_t allocation_count();

}  // namespace forkloom::accesslog
