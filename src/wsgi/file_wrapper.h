#pragma once

// wsgi.file_wrapper (PEP 3333 "Optional Platform-Specific File Handling"): FileWrapper(filelike,
// blksize=8192), an iterable over a file-like object's blocks. Returned as it is around a regular
// file, the server sends the file itself instead of its blocks.

#include <cstdint>
#include <optional>

#include "app/exchange.h"
#include "base/result.h"
#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

Result<python::PyRef> make_file_wrapper_type(python::Attached& py);

// What of a file is still unread.
struct FileRange {
  int fd = -1;  // borrowed from the file object
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// The rest of the regular file that `wrapper`, an instance of exactly our type, would read block by
// block; nullopt where there is none: what reads is not a binary file of the io module (a buffer, a
// decompressing or text file that only has a descriptor), or it is a pipe, or closed. Leaves no
// exception set.
std::optional<FileRange> file_behind(python::Attached& py, PyObject* wrapper,
                                     const app::Response& response);

}  // namespace forkloom::wsgi
