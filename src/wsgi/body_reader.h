#pragma once

// A position in a request's body, with the reading rules of io.BytesIO. No Python objects; the
// caller keeps the body alive and two threads apart.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/exchange.h"

namespace forkloom::wsgi {

class BodyReader {
 public:
  explicit BodyReader(const app::Body& body)
      : body_(body), memory_(body.in_memory()), size_(body.size()) {}

  std::uint64_t rest() const { return size_ - position_; }
  bool is_in_memory() const { return memory_.has_value(); }

  // Bytes that are at hand without reading from the disk, from the position on; may be empty
  // although some are left where the body was spooled.
  std::string_view at_hand() const;
  void skip(std::uint64_t count) { position_ += count; }

  std::uint64_t position() const { return position_; }
  // Reads from the disk into what the caller owns; blocks, needs no Python. Returns how many, fewer
  // than asked for only on an error or where the file is shorter than the body.
  std::uint64_t read_at(std::uint64_t offset, char* into, std::uint64_t count) const;
  // Puts bytes read from `offset` at hand.
  void keep(std::uint64_t offset, std::string bytes);

 private:
  const app::Body& body_;
  std::optional<std::string_view> memory_;
  std::uint64_t size_;
  std::uint64_t position_ = 0;
  std::string window_;  // of a spooled body
  std::uint64_t window_begin_ = 0;
};

}  // namespace forkloom::wsgi
