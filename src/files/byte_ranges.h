#pragma once

// The Range field of a request (RFC 9110 section 14.1). Pure.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace forkloom::files {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;
  bool operator==(const ByteRange&) const = default;
};

struct ByteRanges {
  enum class Kind : std::uint8_t {
    kWhole,          // send everything: no byte ranges, malformed, or more than is reasonable
    kSome,           // `ranges`, in the order asked for
    kUnsatisfiable,  // 416
  };
  Kind kind = Kind::kWhole;
  std::vector<ByteRange> ranges;  // kSome: at least one, none empty, all within the size
};

// Apache's limits (MaxRanges, MaxRangeOverlaps, MaxRangeReversals). Beyond them, and where the
// ranges together are more than twice the size, everything is sent.
constexpr std::size_t kMostRanges = 200;
constexpr std::size_t kMostOverlaps = 20;
constexpr std::size_t kMostReversals = 20;

// `field` is the Range field's value, `size` the representation's bytes. Nothing is cut out of an
// empty representation: it is sent whole.
ByteRanges read_byte_ranges(std::string_view field, std::uint64_t size);

}  // namespace forkloom::files
