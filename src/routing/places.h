#pragma once

// Merged settings, made once for each set of sections that requests meet. There are no more of them
// than the configuration has such sets. One thread.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "routing/route.h"
#include "routing/sections.h"

namespace forkloom::routing {

class Places {
 public:
  // The place of a host without any section has the host's number.
  explicit Places(const std::vector<config::Host>& hosts);

  // `key` is the host's number, then those of its sections in the order of merging.
  const Place& find(const std::vector<std::uint32_t>& key, const Sections& sections);
  const Place& at(std::size_t number) const { return places_[number]; }

 private:
  struct Hash {
    std::size_t operator()(const std::vector<std::uint32_t>& key) const;
  };

  std::deque<Place> places_;  // does not move them
  std::unordered_map<std::vector<std::uint32_t>, const Place*, Hash> by_key_;
};

}  // namespace forkloom::routing
