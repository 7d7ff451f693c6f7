#pragma once

// Why a target's code cannot answer a request.

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace forkloom::wsgi {

struct LoadFailure {
  int status = 500;  // of the answer
  std::string text;  // for the log; "" where it was logged for an earlier request
};

template <typename T>
using Loaded = tl::expected<T, LoadFailure>;

inline tl::unexpected<LoadFailure> fail_load(int status, std::string text) {
  return tl::unexpected<LoadFailure>({status, std::move(text)});
}

}  // namespace forkloom::wsgi
