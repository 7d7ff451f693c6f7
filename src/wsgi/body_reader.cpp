#include "wsgi/body_reader.h"

#include <utility>

namespace forkloom::wsgi {

std::string_view BodyReader::at_hand() const {
  if (memory_) return memory_->substr(position_);
  if (position_ < window_begin_ || position_ >= window_begin_ + window_.size()) return {};
  return std::string_view(window_).substr(position_ - window_begin_);
}

std::uint64_t BodyReader::read_at(std::uint64_t offset, char* into, std::uint64_t count) const {
  std::uint64_t done = 0;
  while (done < count) {
    const std::int64_t got = body_.read_at(offset + done, {into + done, count - done});
    if (got <= 0) break;
    done += static_cast<std::uint64_t>(got);
  }
  return done;
}

void BodyReader::keep(std::uint64_t offset, std::string bytes) {
  window_ = std::move(bytes);
  window_begin_ = offset;
}

}  // namespace forkloom::wsgi
