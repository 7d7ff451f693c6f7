#include "files/representation.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "files/entity_tag.h"
#include "files/siblings.h"

namespace forkloom::files {

std::time_t whole_seconds(WallTime time) {
  return std::chrono::floor<seconds>(time).time_since_epoch().count();
}

Result<Representation> represent(const http::Request& request, Found&& original,
                                 const std::string& root, std::string_view relative,
                                 const Policy& policy, WallTime now) {
  Representation chosen;
  chosen.content = content_of(relative.empty() ? std::string_view(root) : relative, policy);
  std::string_view coding;
  if (policy.serves_precompressed && chosen.content.encoding.empty()) {
    Sibling sibling = choose_sibling(request, original.facts, root, relative, policy.links);
    chosen.varies = sibling.has_any;
    if (sibling.coding) {
      coding = coding_name(*sibling.coding);
      chosen.content.encoding = coding;
      original = std::move(sibling.file);
    }
  }
  chosen.file = std::move(original);
  const os::FileFacts& facts = chosen.file.facts;
  auto tag = make_tag(policy.tag, chosen.file.fd.get(), facts, coding, now);
  if (!tag) return fail(std::move(tag.error()));
  chosen.validators.tag = std::move(*tag);
  // RFC 9110 section 8.8.2.1: never later than the answer itself.
  chosen.validators.modified = whole_seconds(std::min(facts.modified, now));
  return chosen;
}

}  // namespace forkloom::files
