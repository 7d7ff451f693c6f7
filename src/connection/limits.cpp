#include "connection/limits.h"

#include <algorithm>

namespace forkloom::connection {

bool ReadTimeout::has_passed(SteadyTime since, std::uint64_t bytes, SteadyTime now) const {
  if (initial == seconds(0)) return false;
  seconds allowed = initial;
  if (min_rate > 0) allowed += seconds(bytes / min_rate);
  if (maximum > seconds(0)) allowed = std::min(allowed, std::max(maximum, initial));
  return now - since > allowed;
}

}  // namespace forkloom::connection
