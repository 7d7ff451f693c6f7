#include "wsgi/applications.h"

#include <algorithm>

namespace forkloom::wsgi {

TargetCode& Applications::code_of(const app::Target& target) {
  const std::lock_guard lock(mutex_);
  if (codes_.size() <= target.number) codes_.resize(target.number + 1);
  std::unique_ptr<TargetCode>& code = codes_[target.number];
  if (!code) {
    auto unit = std::find_if(units_.begin(), units_.end(),
                             [&](const auto& one) { return one->is_of(target); });
    if (unit == units_.end()) {
      unit = units_.insert(units_.end(), std::make_unique<CodeUnit>(target));
    }
    code = std::make_unique<TargetCode>(target, **unit);
  }
  return *code;
}

}  // namespace forkloom::wsgi
