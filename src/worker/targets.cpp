#include "worker/targets.h"

namespace forkloom::worker {

void Targets::make_key(app::Target::Kind kind, std::string_view code, std::string_view callable) {
  key_.assign(kind == app::Target::Kind::kScript ? "s" : "m").append(code);
  key_.push_back('\0');
  key_.append(callable);
}

const app::Target* Targets::find_named_by_request(app::Target::Kind kind, std::string_view code,
                                                  std::string_view callable) {
  if (callable.size() > kLongestName) return nullptr;
  make_key(kind, code, callable);
  if (!by_key_.contains(key_) && named_by_requests_++ >= kMostNamedByRequests) return nullptr;
  return &find(kind, code, callable);
}

const app::Target& Targets::find(app::Target::Kind kind, std::string_view code,
                                 std::string_view callable) {
  make_key(kind, code, callable);
  if (const auto found = by_key_.find(key_); found != by_key_.end()) return *found->second;

  app::Target& target = targets_.emplace_back();
  target.kind = kind;
  (kind == app::Target::Kind::kScript ? target.script_path : target.module) = code;
  target.is_factory = callable.ends_with("()");
  if (target.is_factory) callable.remove_suffix(2);
  target.callable = callable;
  target.number = targets_.size() - 1;
  by_key_.emplace(key_, &target);
  return target;
}

}  // namespace forkloom::worker
