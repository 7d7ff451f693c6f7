#include "os/folder_entries.h"

#include <cerrno>
#include <memory>
#include <optional>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "os/descriptor.h"
#include "os/stat_facts.h"

namespace forkloom::os {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

std::optional<FileFacts> visible_facts(int folder, const char* name, Links links) {
  struct stat found {};
  if (::fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  if (S_ISLNK(found.st_mode)) {
    const uid_t owner = found.st_uid;
    if (links == Links::kNever || ::fstatat(folder, name, &found, 0) != 0) return std::nullopt;
    if (links == Links::kOwnerMatch && found.st_uid != owner) return std::nullopt;
  }
  const FileFacts facts = facts_from(found);
  if (facts.kind == FileFacts::Kind::kOther) return std::nullopt;
  return facts;
}

}  // namespace

Result<FolderEntries> read_folder(int fd, Links links, std::size_t most) {
  // A descriptor of its own: reading moves a position, and the caller's may be for passing only.
  UniqueFd own(::openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!own.is_open()) return fail(Error::from_errno(errno, "opening a folder"));
  const std::unique_ptr<DIR, CloseFolder> folder(::fdopendir(own.get()));
  if (!folder) return fail(Error::from_errno(errno, "reading a folder"));
  own.release();

  FolderEntries found;
  for (;;) {
    errno = 0;
    const dirent* const entry = ::readdir(folder.get());
    if (entry == nullptr) {
      if (errno != 0) return fail(Error::from_errno(errno, "reading a folder"));
      return found;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const auto facts = visible_facts(::dirfd(folder.get()), entry->d_name, links);
    if (!facts) continue;
    if (found.entries.size() == most) {
      found.has_more = true;
      return found;
    }
    found.entries.push_back({.name = std::string(name), .facts = *facts});
  }
}

}  // namespace forkloom::os
