#pragma once

// Owned file descriptors. Every descriptor in the program is held by a UniqueFd; an int is a
// borrowed one.

#include <utility>

namespace forkloom::os {

class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) reset(std::exchange(other.fd_, -1));
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  // Gives the descriptor up to the caller, who must close it.
  int release() { return std::exchange(fd_, -1); }
  // Closes what is held, then holds fd.
  void reset(int fd = -1);

 private:
  int fd_ = -1;
};

}  // namespace forkloom::os
