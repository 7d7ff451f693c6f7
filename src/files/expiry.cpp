#include "files/expiry.h"

#include <algorithm>
#include <string>

#include "http/grammar.h"
#include "http/text.h"

namespace forkloom::files {
namespace {

// What no one means, and what a sum of times still holds.
constexpr seconds kMostLifetime = std::chrono::years(100);

const Freshness* freshness_of(const Policy& policy, std::string_view type) {
  std::string name(http::trim(type.substr(0, type.find(';'))));
  std::transform(name.begin(), name.end(), name.begin(), http::to_lower);
  auto found = policy.freshness_by_type.find(name);
  if (found != policy.freshness_by_type.end()) return &found->second;
  name.resize(std::min(name.size(), name.find('/')));
  found = policy.freshness_by_type.find(name + "/*");
  if (found != policy.freshness_by_type.end()) return &found->second;
  return policy.default_freshness ? &*policy.default_freshness : nullptr;
}

}  // namespace

std::optional<WallTime> expiry_of(const Policy& policy, std::string_view type, WallTime modified,
                                  WallTime now) {
  if (!policy.has_expiry) return std::nullopt;
  const Freshness* const freshness = freshness_of(policy, type);
  if (freshness == nullptr) return std::nullopt;
  const seconds lifetime = std::clamp(freshness->lifetime, -kMostLifetime, kMostLifetime);
  return (freshness->is_from_modification ? modified : now) + lifetime;
}

}  // namespace forkloom::files
