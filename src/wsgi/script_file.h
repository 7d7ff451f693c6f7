#pragma once

// The file of a script, without Python.

#include <cstdint>
#include <filesystem>
#include <string>

#include "wsgi/load_failure.h"

namespace forkloom::wsgi {

// Tells two states of a file apart.
struct ScriptStamp {
  std::int64_t modified = 0;  // nanoseconds, of the file system's clock
  std::uint64_t size = 0;     // bytes
  bool operator==(const ScriptStamp&) const = default;
};

class ScriptFile {
 public:
  explicit ScriptFile(const std::string& path) : path_(path) {}

  const std::string& path() const { return path_.native(); }
  // 404 where there is no such file, 403 where it is no file, or not to be reached. Blocks on the
  // disk: detached.
  Loaded<ScriptStamp> look() const;

 private:
  const std::filesystem::path path_;
};

}  // namespace forkloom::wsgi
