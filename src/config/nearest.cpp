#include "config/nearest.h"

#include <algorithm>
#include <vector>

#include "config/directives.h"
#include "config/letters.h"

namespace forkloom::config {

std::size_t edit_distance(std::string_view one, std::string_view other) {
  // Row i holds the distances from the first i letters of `one` to each beginning of `other`.
  std::vector<std::size_t> two_before(other.size() + 1);
  std::vector<std::size_t> before(other.size() + 1);
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    two_before.swap(before);
    before.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const char a = lower(one[i - 1]);
      const char b = lower(other[j - 1]);
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a == b ? 0 : 1)});
      if (i > 1 && j > 1 && a == lower(other[j - 2]) && b == lower(one[i - 2])) {
        row[j] = std::min(row[j], two_before[j - 2] + 1);
      }
    }
  }
  return row[other.size()];
}

std::string_view nearest_directive(std::string_view name) {
  std::string_view nearest;
  std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const Directive& row : directives()) {
    const std::size_t distance = edit_distance(name, row.name);
    if (distance < least) {
      least = distance;
      nearest = row.name;
    }
  }
  return nearest;
}

}  // namespace forkloom::config
