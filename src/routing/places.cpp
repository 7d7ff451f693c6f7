#include "routing/places.h"

#include <utility>

#include "routing/merge.h"

namespace forkloom::routing {

Places::Places(const std::vector<config::Host>& hosts) {
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    places_.push_back({.number = i, .host = i, .settings = hosts[i].paths});
  }
}

const Place& Places::find(const std::vector<std::uint32_t>& key, const Sections& sections) {
  const Place& base = places_[key.front()];
  if (key.size() == 1) return base;
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) return *known->second;

  Place place{.number = places_.size(), .host = base.host, .settings = base.settings};
  for (std::size_t i = 1; i < key.size(); ++i) {
    place.settings = merged(place.settings, sections.settings(key[i]));
  }
  places_.push_back(std::move(place));
  by_key_.emplace(key, &places_.back());
  return places_.back();
}

// FNV-1a, a section at a time.
std::size_t Places::Hash::operator()(const std::vector<std::uint32_t>& key) const {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::uint32_t number : key) hash = (hash ^ number) * 0x100000001b3U;
  return static_cast<std::size_t>(hash);
}

}  // namespace forkloom::routing
