#include "accesslog/allocation_count.h"

#include <cstdlib>
#include <new>

namespace forkloom::accesslog {
namespace {

// Per thread, so that other threads of the test program do not disturb a count.
thread_local std::size_t count = 0;

void* allocate(std::size_t size) {
  ++count;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  std::abort();
}

}  // namespace

std::size_t allocation_count() { return count; }

}  // namespace forkloom::accesslog

void* operator new(std::size_t size) { return forkloom::accesslog::allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
