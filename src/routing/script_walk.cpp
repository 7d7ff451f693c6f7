#include "routing/script_walk.h"

#include <algorithm>

#include "os/file_kind.h"

namespace forkloom::routing {

bool walk_to_script(std::string_view below, std::string& path, std::size_t& used) {
  std::size_t end = 0;
  for (;;) {
    const std::size_t begin = below.find_first_not_of('/', end);
    if (begin == std::string_view::npos) return false;
    end = std::min(below.find('/', begin), below.size());
    path.append("/").append(below, begin, end - begin);
    const os::FileKind kind = os::file_kind(path);
    if (kind == os::FileKind::kRegular) {
      used = end;
      return true;
    }
    if (kind != os::FileKind::kFolder) return false;
  }
}

}  // namespace forkloom::routing
