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
  // `code`: a script's path or a module's name. `callable` ends with "()" where it is a factory's.
  // The reference lives as long as this object.
  const app::Target& find(app::Target::Kind kind, std::string_view code, std::string_view callable);

 private:
  std::deque<app::Target> targets_;  // does not move them
  std::unordered_map<std::string, const app::Target*> by_key_;
  std::string key_;  // reused
};

}  // namespace forkloom::worker
