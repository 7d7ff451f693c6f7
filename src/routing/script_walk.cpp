#include "routing/script_walk.h"

#include <algorithm>

#include "os/file_facts.h"

namespace forkloom::routing {

bool walk_to_script(std::string_view below, std::string& path, std::size_t& used) {
  std::size_t end = 0;
  for (;;) {
    const std::size_t begin = below.find_first_not_of('/', end);
    if (begin == std::string_view::npos) return false;
    end = std::min(below.find('/', begin), below.size());
    path.append("/").append(below, begin, end - begin);
    const auto facts = os::facts_if_there(path);
    if (facts && facts->is_regular()) {
      used = end;
      return true;
    }
    if (!facts || !facts->is_folder()) return false;
  }
}

}  // namespace forkloom::routing
