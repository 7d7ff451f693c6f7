#pragma once

// Failure as a value. Peers, files, system calls, configuration and Python fail; each such
// failure travels as a Result to somebody who can handle or report it. A broken invariant of
// our own is not an Error: it aborts.

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <tl/expected.hpp>

namespace forkloom {

class Error {
 public:
  explicit Error(std::string message) : message_(std::move(message)) {}

  // "<what>: <text of errno>", with the errno kept for callers that tell failures apart.
  static Error from_errno(int error_number, std::string_view what) {
    Error error(std::string(what) + ": " + std::generic_category().message(error_number));
    error.number_ = error_number;
    return error;
  }

  const std::string& message() const { return message_; }
  // errno of the failed system call, 0 where none failed.
  int number() const { return number_; }

  // The same failure seen from further out: "<context>: <message>".
  Error within(std::string_view context) && {
    message_.insert(0, std::string(context) + ": ");
    return std::move(*this);
  }

 private:
  std::string message_;
  int number_ = 0;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
inline tl::unexpected<Error> fail(std::string message) {
  return tl::unexpected<Error>(Error(std::move(message)));
}

}  // namespace forkloom
