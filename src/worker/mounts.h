#pragma once

// Which application a path belongs to: the longest mount point that is the path or a prefix of it
// at a slash.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forkloom::worker {

class Mounts {
 public:
  // "" or "/prefix" each, without a trailing slash.
  explicit Mounts(std::vector<std::string> mount_points);

  // Index into the mount points given; nullopt: 404. `path` is decoded and normalised.
  std::optional<std::size_t> find(std::string_view path) const;
  std::string_view mount_point(std::size_t index) const { return mount_points_[index]; }
  // What remains of the path below the mount point: "" or "/...".
  std::string_view path_info(std::size_t index, std::string_view path) const {
    return path.substr(mount_points_[index].size());
  }

 private:
  std::vector<std::string> mount_points_;
};

}  // namespace forkloom::worker
