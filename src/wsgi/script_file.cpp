#include "wsgi/script_file.h"

#include <chrono>
#include <system_error>

#include <fmt/format.h>

namespace forkloom::wsgi {
namespace {

constexpr int kForbidden = 403;
constexpr int kNotFound = 404;

}  // namespace

Loaded<ScriptStamp> ScriptFile::look() const {
  std::error_code error;
  const auto modified = std::filesystem::last_write_time(path_, error);
  std::uint64_t size = 0;
  if (!error) size = std::filesystem::file_size(path_, error);
  if (!error) {
    return ScriptStamp{duration_cast<std::chrono::nanoseconds>(modified.time_since_epoch()).count(),
                       size};
  }
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
    return fail_load(kNotFound, fmt::format("script '{}' is missing", path()));
  }
  return fail_load(kForbidden, fmt::format("script '{}': {}", path(), error.message()));
}

}  // namespace forkloom::wsgi
