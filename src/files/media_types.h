#pragma once

// Media types by extension: what TypesConfig names, or the table of our own. Immutable once made,
// safe from any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace forkloom::files {

class MediaTypes {
 public:
  // What the web serves, by the types that IANA registers.
  static MediaTypes builtin();
  // A file in the form of mime.types: "<type> <extension>...", "#" begins a comment.
  static Result<MediaTypes> read(const std::string& path);
  static MediaTypes parse(std::string_view text);

  // `extension` without the dot, in lower case; "" where it has no type.
  std::string_view find(std::string_view extension) const;

 private:
  using Entry = std::pair<std::string, std::string>;  // extension, type
  explicit MediaTypes(std::vector<Entry> entries);

  std::vector<Entry> entries_;  // by extension, none twice
};

}  // namespace forkloom::files
