#pragma once

// The applications that requests name, each as one object (app::Target). Network thread, or the
// lifecycle thread before that runs.

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/exchange.h"

namespace forkloom::worker {

class Targets {
 public:
  // Callables that requests name: more than an application has, and no more than memory bears.
  static constexpr std::size_t kMostNamedByRequests = 1000;
  static constexpr std::size_t kLongestName = 255;  // bytes

  // `code`: a script's path or a module's name. `callable` ends with "()" where it is a factory's.
  // The reference lives as long as this object.
  const app::Target& find(app::Target::Kind kind, std::string_view code, std::string_view callable);
  // The same for a callable that a request names; nullptr where it is too long, or the most there
  // may be have been named already.
  const app::Target* find_named_by_request(app::Target::Kind kind, std::string_view code,
                                           std::string_view callable);

 private:
  void make_key(app::Target::Kind kind, std::string_view code, std::string_view callable);

  std::deque<app::Target> targets_;  // does not move them
  std::unordered_map<std::string, const app::Target*> by_key_;
  std::string key_;  // reused
  std::size_t named_by_requests_ = 0;
};

}  // namespace forkloom::worker
