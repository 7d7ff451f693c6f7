#include "os/open_below.h"

#include <cerrno>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

constexpr int kForReading = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
constexpr int kForPassing = O_PATH | O_DIRECTORY | O_CLOEXEC;

int open_resolving(int folder, const char* name, int flags, std::uint64_t resolve) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags);
  how.resolve = resolve;
  long fd = -1;
  do {
    fd = ::syscall(SYS_openat2, folder, name, &how, sizeof how);
  } while (fd < 0 && errno == EINTR);
  return static_cast<int>(fd);
}

// Sandboxes older than the call answer EPERM instead of ENOSYS.
bool has_openat2() {
  static const bool is_there =
      UniqueFd(open_resolving(AT_FDCWD, "/", kForPassing, RESOLVE_NO_MAGICLINKS)).is_open();
  return is_there;
}

int open_named(int folder, const char* name, int flags) {
  int fd = -1;
  do {
    fd = ::openat(folder, name, flags);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

int open_following(int folder, const char* name, int flags) {
  if (has_openat2()) return open_resolving(folder, name, flags, RESOLVE_NO_MAGICLINKS);
  return open_named(folder, name, flags);
}

// By `open(flags)`: for reading, else a folder for passing through it. errno tells of the reading.
template <typename Open>
UniqueFd open_readable(const Open& open) {
  UniqueFd fd(open(kForReading));
  if (fd.is_open() || errno != EACCES) return fd;
  fd.reset(open(kForPassing));
  errno = EACCES;
  return fd;
}

UniqueFd open_segment(int folder, const char* name, bool is_last, Links links) {
  const auto open = [&](const auto& open_one) {
    return is_last ? open_readable(open_one) : UniqueFd(open_one(kForPassing));
  };
  const UniqueFd entry(open_named(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat seen {};
  if (!entry.is_open() || ::fstat(entry.get(), &seen) != 0) return {};
  if (!S_ISLNK(seen.st_mode)) {
    return open([&](int flags) { return open_named(folder, name, flags | O_NOFOLLOW); });
  }
  if (links == Links::kNever) {
    errno = ELOOP;
    return {};
  }
  UniqueFd target = open([&](int flags) { return open_following(folder, name, flags); });
  if (links == Links::kAlways || !target.is_open()) return target;
  struct stat reached {};
  if (::fstat(target.get(), &reached) != 0) return {};
  if (reached.st_uid == seen.st_uid) return target;
  errno = ELOOP;
  return {};
}

UniqueFd walk(int root, const std::string& relative, Links links) {
  UniqueFd folder;
  for (std::size_t at = 0;;) {
    const std::size_t slash = relative.find('/', at);
    const bool is_last = slash == std::string::npos;
    const std::string name = relative.substr(at, slash - at);
    UniqueFd next =
        open_segment(folder.is_open() ? folder.get() : root, name.c_str(), is_last, links);
    if (is_last || !next.is_open()) return next;
    folder = std::move(next);
    at = slash + 1;
  }
}

UniqueFd open_by_kernel(int root, const std::string& relative, Links links) {
  const std::uint64_t resolve = links == Links::kAlways
                                    ? RESOLVE_NO_MAGICLINKS
                                    : RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  UniqueFd fd = open_readable(
      [&](int flags) { return open_resolving(root, relative.c_str(), flags, resolve); });
  // Owners are compared link by link, which the kernel does not do: only where there is a link.
  if (!fd.is_open() && errno == ELOOP && links == Links::kOwnerMatch) {
    return walk(root, relative, links);
  }
  return fd;
}

template <typename Open>
Result<UniqueFd> open_from(const std::string& root, const std::string& relative, const Open& open) {
  if (relative.empty()) {
    UniqueFd fd =
        open_readable([&](int flags) { return open_named(AT_FDCWD, root.c_str(), flags); });
    if (!fd.is_open()) return fail(Error::from_errno(errno, root));
    return fd;
  }
  const UniqueFd folder(open_named(AT_FDCWD, root.c_str(), kForPassing));
  if (!folder.is_open()) return fail(Error::from_errno(errno, root));
  UniqueFd fd = open(folder.get());
  if (!fd.is_open()) return fail(Error::from_errno(errno, root + "/" + relative));
  return fd;
}

}  // namespace

Result<UniqueFd> open_below(const std::string& root, const std::string& relative, Links links) {
  if (!has_openat2()) return open_below_by_walk(root, relative, links);
  return open_from(root, relative,
                   [&](int folder) { return open_by_kernel(folder, relative, links); });
}

Result<UniqueFd> open_below_by_walk(const std::string& root, const std::string& relative,
                                    Links links) {
  return open_from(root, relative, [&](int folder) { return walk(folder, relative, links); });
}

}  // namespace forkloom::os
