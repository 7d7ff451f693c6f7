#include "config/print.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "config/directives.h"
#include "config/syntax.h"

namespace forkloom::config {
namespace {

struct Line {
  std::pair<std::size_t, std::size_t> order;  // rows that share a list, place in that list
  std::string text;
};

std::string line_of(std::string_view name, const Arguments& arguments) {
  std::string text(name);
  for (const std::string& argument : arguments) text += fmt::format(" {}", quote(argument));
  return text + "\n";
}

}  // namespace

std::string print(const Settings& settings) {
  std::vector<Line> lines;
  const Directive* previous = nullptr;
  std::size_t group = 0;
  for (const Directive& row : directives()) {
    const bool shares_list = previous != nullptr && row.is_repeatable() &&
                             row.storage.last_claim == previous->storage.last_claim;
    if (!shares_list) ++group;
    previous = &row;
    for (const Occurrence& occurrence : row.storage.show(settings)) {
      lines.push_back({{group, occurrence.position}, line_of(row.name, occurrence.arguments)});
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& one, const Line& other) { return one.order < other.order; });
  std::string text;
  for (const Line& line : lines) text += line.text;
  return text;
}

}  // namespace forkloom::config
