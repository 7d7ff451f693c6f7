#pragma once

// Why a value is refused, before anybody knows the file and line it stands on.

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace forkloom::config {

struct Fault {
  std::string problem;  // "'0' is out of range"
  std::string remedy;   // what would be right: "write a whole number from 1 to 20000"
};

template <typename T>
using Checked = tl::expected<T, Fault>;

inline tl::unexpected<Fault> refuse(std::string problem, std::string remedy) {
  return tl::unexpected<Fault>(Fault{std::move(problem), std::move(remedy)});
}
// The same refusal for another type of value.
inline tl::unexpected<Fault> refuse(Fault fault) { return tl::unexpected<Fault>(std::move(fault)); }

}  // namespace forkloom::config
