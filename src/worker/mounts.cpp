#include "worker/mounts.h"

#include <utility>

namespace forkloom::worker {

Mounts::Mounts(std::vector<std::string> mount_points) : mount_points_(std::move(mount_points)) {}

std::optional<std::size_t> Mounts::find(std::string_view path) const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < mount_points_.size(); ++i) {
    const std::string_view mount = mount_points_[i];
    if (!path.starts_with(mount)) continue;
    if (path.size() > mount.size() && path[mount.size()] != '/') continue;
    if (!best || mount.size() > mount_points_[*best].size()) best = i;
  }
  return best;
}

}  // namespace forkloom::worker
