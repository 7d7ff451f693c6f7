#include "files/find.h"

#include <cerrno>
#include <utility>

#include <fmt/format.h>

#include "base/result.h"

namespace forkloom::files {
namespace {

using Kind = Found::Kind;

Found without_file(Kind kind, std::string why = {}) {
  Found found;
  found.kind = kind;
  found.why = std::move(why);
  return found;
}

// What is wrong with a path below the root; "" where nothing is. `path` has no trailing slash.
std::string_view fault_of(std::string_view path, bool serves_hidden) {
  if (path.find('\0') != std::string_view::npos) return "a path with NUL";
  for (bool has_more = true; has_more;) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    has_more = slash != std::string_view::npos;
    if (has_more) path.remove_prefix(slash + 1);
    if (segment.empty()) return "a path with an empty segment";
    if (segment == "." || segment == "..") return "a path that is not normalised";
    if (segment.front() == '.' && !serves_hidden && segment != ".well-known") {
      return "hidden files are not served";
    }
  }
  return {};
}

Found without_file(const Error& error, Links links) {
  switch (error.number()) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      return without_file(Kind::kAbsent);
    case ELOOP:
      return without_file(Kind::kDenied,
                          links == Links::kAlways
                              ? error.message()
                              : error.message() + " (Options do not allow a symbolic link in it)");
    case EACCES:
    case EPERM:
    case EXDEV:  // a way out that openat2(2) closed
    case ENXIO:  // a socket, a device without driver
    case ENODEV:
      return without_file(Kind::kDenied, error.message());
    default:
      return without_file(Kind::kFailed, error.message());
  }
}

}  // namespace

Found find(const std::string& root, std::string_view relative, Links links, bool serves_hidden) {
  const bool wants_folder = relative.ends_with('/');
  const std::string path(wants_folder ? relative.substr(0, relative.size() - 1) : relative);
  if (!relative.empty()) {
    const std::string_view fault = fault_of(path, serves_hidden);
    if (!fault.empty()) return without_file(Kind::kDenied, fmt::format("{}: {}", root, fault));
  }
  Result<os::UniqueFd> opened = os::open_below(root, path, links);
  if (!opened) return without_file(opened.error(), links);
  const Result<os::FileFacts> facts = os::facts_of(opened->get());
  if (!facts) return without_file(facts.error(), links);
  if (facts->kind == os::FileFacts::Kind::kOther) {
    return without_file(Kind::kDenied,
                        fmt::format("{}/{}: neither a regular file nor a folder", root, path));
  }
  if (wants_folder && !facts->is_folder()) return without_file(Kind::kAbsent);
  Found found;
  found.kind = facts->is_folder() ? Kind::kFolder : Kind::kFile;
  found.fd = std::move(*opened);
  found.facts = *facts;
  return found;
}

}  // namespace forkloom::files
