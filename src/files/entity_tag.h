#pragma once

// Entity tags (RFC 9110 section 8.8.3), with their quotes and, where weak, "W/". "" for none.

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "files/policy.h"
#include "os/file_facts.h"

namespace forkloom::files {

// Apache's form: hexadecimal inode, size and modification time in microseconds, as far as `parts`
// ask for them. `coding` ("gzip", "" for none) is added, since a coded representation must not
// share a strong tag with the original. A file that changed less than a second ago may change again
// without any of these changing, so its tag is weak. The file behind `fd` is read for a digest
// only.
Result<std::string> make_tag(const TagParts& parts, int fd, const os::FileFacts& facts,
                             std::string_view coding, WallTime now);

bool is_weak(std::string_view tag);
// Section 8.8.3.2. "" equals nothing.
bool equals_strongly(std::string_view left, std::string_view right);
bool equals_weakly(std::string_view left, std::string_view right);

// Walks the entity tags of a field's value; ends at what is not one.
class TagList {
 public:
  explicit TagList(std::string_view list) : rest_(list) {}
  bool next(std::string_view& tag);

 private:
  std::string_view rest_;
};

}  // namespace forkloom::files
