#include "os/glob.h"

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>
#include <glob.h>

namespace forkloom::os {
namespace {

// glob(3) stops where this returns anything but 0. A folder that is not there has no matches.
int stops_for(const char* /*folder*/, int error_number) {
  return error_number == ENOENT || error_number == ENOTDIR ? 0 : 1;
}

struct Matches {
  glob_t found = {};
  Matches() = default;
  Matches(const Matches&) = delete;
  Matches& operator=(const Matches&) = delete;
  ~Matches() { ::globfree(&found); }
};

}  // namespace

Result<std::vector<std::string>> matching_paths(const std::string& pattern) {
  Matches matches;
  const int status = ::glob(pattern.c_str(), GLOB_NOSORT, stops_for, &matches.found);
  if (status == GLOB_NOSPACE) return fail(Error::from_errno(ENOMEM, pattern));
  if (status == GLOB_ABORTED) {
    return fail(fmt::format("{}: a folder in which it may match cannot be read", pattern));
  }
  const glob_t& found = matches.found;
  std::vector<std::string> paths(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace forkloom::os
