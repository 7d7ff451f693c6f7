#include "os/memory_file.h"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

namespace forkloom::os {
namespace {

Result<UniqueFd> make_file(const char* name) {
  constexpr unsigned int kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  // Kernels from 6.3 on may refuse files that could be executed; older ones do not know the flag.
  UniqueFd fd(::memfd_create(name, kFlags | MFD_NOEXEC_SEAL));
  if (!fd.is_open()) fd.reset(::memfd_create(name, kFlags));
  if (!fd.is_open()) return fail(Error::from_errno(errno, fmt::format("memory file {}", name)));
  return fd;
}

Result<std::size_t> size_of(int fd) {
  struct stat found = {};
  if (::fstat(fd, &found) < 0) return fail(Error::from_errno(errno, "size of a memory file"));
  return static_cast<std::size_t>(found.st_size);
}

}  // namespace

Result<UniqueFd> make_sealed_file(const char* name, std::string_view content) {
  auto fd = make_file(name);
  if (!fd) return fd;
  while (!content.empty()) {
    const ssize_t count = ::write(fd->get(), content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(Error::from_errno(errno, fmt::format("writing {}", name)));
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fcntl(fd->get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) <
      0) {
    return fail(Error::from_errno(errno, fmt::format("sealing {}", name)));
  }
  return fd;
}

Result<std::string> read_whole(int fd) {
  const auto size = size_of(fd);
  if (!size) return fail(size.error());
  std::string content(*size, '\0');
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t count =
        ::pread(fd, content.data() + done, content.size() - done, static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(Error::from_errno(errno, "reading a memory file"));
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  content.resize(done);
  return content;
}

Result<UniqueFd> make_shared_file(const char* name, std::size_t size) {
  auto fd = make_file(name);
  if (!fd) return fd;
  if (::ftruncate(fd->get(), static_cast<off_t>(size)) < 0 ||
      ::fcntl(fd->get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0) {
    return fail(Error::from_errno(errno, fmt::format("sizing {}", name)));
  }
  return fd;
}

Result<SharedMapping> SharedMapping::map(int fd) {
  const auto size = size_of(fd);
  if (!size) return fail(size.error());
  void* const address = ::mmap(nullptr, *size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (address == MAP_FAILED) return fail(Error::from_errno(errno, "mapping a memory file"));
  SharedMapping mapping;
  mapping.address_ = address;
  mapping.size_ = *size;
  return mapping;
}

SharedMapping::~SharedMapping() {
  if (address_ != nullptr) ::munmap(address_, size_);
}

}  // namespace forkloom::os
