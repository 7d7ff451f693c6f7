// Counts the allocations of the whole test program, so that a steady state without any is seen.

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include "http/request_reader.h"

namespace {

std::atomic<std::size_t> allocations{0};

void* allocate(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace forkloom::http {
namespace {

void read_all(RequestReader& reader, Request& request, std::string_view stream) {
  while (!stream.empty()) {
    stream.remove_prefix(reader.read_head(stream, request).consumed);
    stream.remove_prefix(reader.read_body(stream).consumed);
  }
}

TEST(RequestReaderAllocation, is_none_once_the_buffers_have_grown) {
  const std::string stream =
      "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nX: y\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2\r\nab\r\n1;x\r\nc\r\n0\r\nX-Trailer: y\r\n\r\n";
  RequestReader reader{RequestLimits{}};
  Request request;
  read_all(reader, request, stream);
  const std::size_t before = allocations.load();
  EXPECT_GT(before, 0U);
  read_all(reader, request, stream);
  EXPECT_EQ(allocations.load(), before);
  EXPECT_EQ(request.target, "/3");
}

}  // namespace
}  // namespace forkloom::http
