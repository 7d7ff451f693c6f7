#pragma once

// How the files of one path are served: what AddType, ForceType, AddEncoding, AddCharset,
// AddDefaultCharset, TypesConfig, FileETag, EnableSendfile, Expires..., ForkloomPrecompressed,
// ForkloomHiddenFiles and Options say. Immutable once made, safe from any thread.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/time.h"
#include "os/open_below.h"

namespace forkloom::files {

using os::Links;
class MediaTypes;

// What an entity tag is made of; a digest of the content stands instead of all others.
struct TagParts {
  bool has_inode = false;
  bool has_mtime = true;
  bool has_size = true;
  bool has_digest = false;  // reads the whole file for each request
};

// How long an answer stays fresh.
struct Freshness {
  bool is_from_modification = false;  // else from the request
  seconds lifetime{0};
};

struct Policy {
  template <typename Value>
  using ByName = std::map<std::string, Value, std::less<>>;

  Links links = Links::kNever;
  bool serves_hidden = false;
  bool serves_precompressed = false;
  bool uses_sendfile = true;

  const MediaTypes* media_types = nullptr;  // borrowed; never null in use
  // By extension, without the dot, in lower case.
  ByName<std::string> types;
  ByName<std::string> encodings;
  ByName<std::string> charsets;
  std::string forced_type;      // "" for none
  std::string default_charset;  // "" for none

  TagParts tag;

  bool has_expiry = false;
  std::optional<Freshness> default_freshness;
  ByName<Freshness> freshness_by_type;  // "text/css", "image/*"; in lower case
};

}  // namespace forkloom::files
