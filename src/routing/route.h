#pragma once

// Where a request goes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/site.h"

namespace forkloom::routing {

// The settings in force at a path. Requests under the same sections of a host share one Place, so
// that what is made from settings can be kept by its number. It lives as long as its Router.
struct Place {
  std::size_t number = 0;  // dense, from 0
  std::size_t host = 0;
  config::PathSettings settings;
};

struct Route {
  enum class Kind : std::uint8_t { kFile, kScript, kModule, kRedirect, kRefused };

  Kind kind = Kind::kRefused;
  int status = 0;                // of kRedirect and kRefused
  const Place* place = nullptr;  // never null once routed
  // nullptr: the document root, or nothing. It lives as long as the Router.
  const config::Mapping* mapping = nullptr;
  // AllowEncodedSlashes NoDecode: the path with its escaped slashes left as they came; it stands
  // for the path that was given. Else "".
  std::string kept_path;
  std::size_t script_name_size = 0;  // of the path: what comes before PATH_INFO

  // kFile: the mapping's folder, or its file, and what is below it, without a slash before it. A
  // folder's slash stays at the end; below nothing (""), only the URL path shows whether it had
  // one.
  std::string root;
  std::string relative;
  std::string script_path;  // kScript
  std::string location;     // kRedirect: URL, or a path of the host
  std::string_view why;     // kRefused, for the log; a literal
};

}  // namespace forkloom::routing
