#include "files/byte_ranges.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "http/grammar.h"
#include "http/text.h"

namespace forkloom::files {
namespace {

struct Spec {
  std::optional<std::uint64_t> first;  // none: the last `last` bytes
  std::optional<std::uint64_t> last;
};

// Digits alone. A number too large for the type is as good as its largest.
std::optional<std::uint64_t> read_number(std::string_view digits) {
  if (!http::is_digits(digits)) return std::nullopt;
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t number = 0;
  for (const char c : digits) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (number > (kMost - digit) / 10) return kMost;
    number = number * 10 + digit;
  }
  return number;
}

std::optional<Spec> read_spec(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view first = text.substr(0, dash);
  const std::string_view last = text.substr(dash + 1);
  Spec spec{.first = read_number(first), .last = read_number(last)};
  if ((!first.empty() && !spec.first) || (!last.empty() && !spec.last)) return std::nullopt;
  if (!spec.first && !spec.last) return std::nullopt;
  if (spec.first && spec.last && *spec.first > *spec.last) return std::nullopt;
  return spec;
}

// nullopt where it holds no byte of the representation.
std::optional<ByteRange> within(const Spec& spec, std::uint64_t size) {
  if (!spec.first) {
    const std::uint64_t length = std::min(*spec.last, size);
    if (length == 0) return std::nullopt;
    return ByteRange{.first = size - length, .length = length};
  }
  if (*spec.first >= size) return std::nullopt;
  const std::uint64_t last = std::min(spec.last.value_or(size - 1), size - 1);
  return ByteRange{.first = *spec.first, .length = last - *spec.first + 1};
}

// What a client needs no more than: a few gaps, a few steps back, not the file many times over.
bool is_reasonable(const std::vector<ByteRange>& ranges, std::uint64_t size) {
  if (ranges.size() < 2) return true;
  std::uint64_t total = 0;
  std::size_t overlaps = 0;
  std::size_t reversals = 0;
  const ByteRange* before = nullptr;
  for (const ByteRange& range : ranges) {
    if (before != nullptr) {
      if (range.first < before->first) ++reversals;
      if (range.first < before->first + before->length &&
          before->first < range.first + range.length) {
        ++overlaps;
      }
    }
    if (range.length > std::numeric_limits<std::uint64_t>::max() - total) return false;
    total += range.length;
    before = &range;
  }
  // Not size * 2, which may overflow.
  return overlaps <= kMostOverlaps && reversals <= kMostReversals && total / 2 + total % 2 <= size;
}

}  // namespace

ByteRanges read_byte_ranges(std::string_view field, std::uint64_t size) {
  field = http::trim(field);
  const std::size_t equals = field.find('=');
  if (size == 0 || equals == std::string_view::npos ||
      !http::equals_ignoring_case(field.substr(0, equals), "bytes")) {
    return {};
  }
  ByteRanges found;
  std::size_t count = 0;
  http::ListElements elements(field.substr(equals + 1));
  for (std::string_view element; elements.next(element);) {
    if (element.empty()) continue;
    const std::optional<Spec> spec = read_spec(element);
    if (!spec || ++count > kMostRanges) return {};
    if (const auto range = within(*spec, size)) found.ranges.push_back(*range);
  }
  if (count == 0 || !is_reasonable(found.ranges, size)) return {};
  found.kind = found.ranges.empty() ? ByteRanges::Kind::kUnsatisfiable : ByteRanges::Kind::kSome;
  return found;
}

}  // namespace forkloom::files
