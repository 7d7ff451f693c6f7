#include "connection/request_body.h"

#include <algorithm>

namespace forkloom::connection {

Result<void> RequestBody::begin(std::uint64_t expected, std::size_t in_memory,
                                const std::string& folder) {
  clear();
  folder_ = &folder;
  limit_ = in_memory;
  if (expected > limit_) return spool();
  memory_.reserve(static_cast<std::size_t>(expected));
  return {};
}

Result<void> RequestBody::append(std::string_view bytes) {
  if (!file_ && memory_.size() + bytes.size() > limit_) {
    if (auto spooled = spool(); !spooled) return spooled;
  }
  if (file_) {
    if (auto written = file_->append(std::span(bytes)); !written) return written;
  } else {
    memory_.append(bytes);
  }
  size_ += bytes.size();
  return {};
}

Result<void> RequestBody::spool() {
  auto file = os::SpoolFile::open(*folder_);
  if (!file) return fail(std::move(file.error()));
  file_.emplace(std::move(*file));
  if (memory_.empty()) return {};
  auto written = file_->append(std::span<const char>(memory_));
  memory_ = std::string();
  return written;
}

void RequestBody::clear() {
  size_ = 0;
  memory_.clear();
  file_.reset();
}

std::optional<std::string_view> RequestBody::in_memory() const {
  if (file_) return std::nullopt;
  return memory_;
}

std::int64_t RequestBody::read_at(std::uint64_t offset, std::span<char> into) const {
  if (file_) {
    const auto read = file_->read_at(offset, into);
    return read ? static_cast<std::int64_t>(*read) : -1;
  }
  if (offset >= memory_.size()) return 0;
  const std::size_t count =
      std::min(into.size(), memory_.size() - static_cast<std::size_t>(offset));
  std::copy_n(memory_.data() + offset, count, into.data());
  return static_cast<std::int64_t>(count);
}

}  // namespace forkloom::connection
