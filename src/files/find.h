#pragma once

// From a mapped folder and a URL path below it to an open file.

#include <cstdint>
#include <string>
#include <string_view>

#include "files/policy.h"
#include "os/descriptor.h"
#include "os/file_facts.h"

namespace forkloom::files {

struct Found {
  enum class Kind : std::uint8_t {
    kFile,
    kFolder,
    kAbsent,  // 404
    kDenied,  // 403
    kFailed,  // 500
  };
  Kind kind = Kind::kAbsent;
  os::UniqueFd fd;      // kFile, kFolder; a folder's may be without the right to read it
  os::FileFacts facts;  // of fd
  std::string why;      // kDenied, kFailed: for the error log
};

// `root` is what a mapping names: absolute, trusted, a folder, or a file where `relative` is "".
// `relative`: decoded, normalised, without leading slash; one that ends with "/" finds folders
// only. Whatever is in it, nothing outside of root is found but by a link that `links` lets
// through. Names that begin with "." are denied unless serves_hidden; ".well-known" is not hidden
// (RFC 8615).
Found find(const std::string& root, std::string_view relative, Links links, bool serves_hidden);

}  // namespace forkloom::files
