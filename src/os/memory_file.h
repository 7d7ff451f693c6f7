#pragma once

// Memory shared between processes through a descriptor. Files without a name, close-on-exec.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "os/descriptor.h"

namespace forkloom::os {

// A file that holds `content` and can never change again. `name` is for /proc only.
Result<UniqueFd> make_sealed_file(const char* name, std::string_view content);
// The whole content of a memory file; its file offset is left alone.
Result<std::string> read_whole(int fd);

// A file of `size` zero bytes to be mapped and written by several processes; its size is sealed, so
// that no process can make another fault by cutting it short.
Result<UniqueFd> make_shared_file(const char* name, std::size_t size);

// The whole of a memory file, mapped for reading and writing. Outlives the descriptor.
class SharedMapping {
 public:
  SharedMapping() = default;
  // The descriptor is borrowed for the call.
  static Result<SharedMapping> map(int fd);

  SharedMapping(SharedMapping&& other) noexcept
      : address_(std::exchange(other.address_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  SharedMapping& operator=(SharedMapping&& other) noexcept {
    std::swap(address_, other.address_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~SharedMapping();

  std::byte* data() const { return static_cast<std::byte*>(address_); }
  std::size_t size() const { return size_; }

 private:
  void* address_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace forkloom::os
