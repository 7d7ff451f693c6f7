#include "routing/wildcard.h"

#include <cstddef>

#include "http/text.h"

namespace forkloom::routing {
namespace {

// How much of the pattern one character takes, and whether it matched.
struct Step {
  std::size_t size = 1;
  bool is_match = false;
};

unsigned char byte(char c) { return static_cast<unsigned char>(c); }

// A bracket that nothing closes stands for itself.
Step match_brackets(std::string_view pattern, char c) {
  std::size_t at = 1;
  const bool is_negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (is_negated) ++at;
  bool is_listed = false;
  for (const std::size_t first = at; at < pattern.size(); ++at) {
    if (pattern[at] == ']' && at > first) {
      return {.size = at + 1, .is_match = c != '/' && is_listed != is_negated};
    }
    const char low = pattern[at];
    char high = low;
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      high = pattern[at + 2];
      at += 2;
    }
    if (byte(low) <= byte(c) && byte(c) <= byte(high)) is_listed = true;
  }
  return {.size = 1, .is_match = c == '['};
}

// `pattern` is not empty and does not begin with "*".
Step match_of_path(std::string_view pattern, char c) {
  switch (pattern.front()) {
    case '?':
      return {.size = 1, .is_match = c != '/'};
    case '[':
      return match_brackets(pattern, c);
    case '\\':
      if (pattern.size() > 1) return {.size = 2, .is_match = pattern[1] == c};
      [[fallthrough]];
    default:
      return {.size = 1, .is_match = pattern.front() == c};
  }
}

Step match_of_name(std::string_view pattern, char c) {
  const char expected = pattern.front();
  return {.size = 1, .is_match = expected == '?' || http::to_lower(expected) == http::to_lower(c)};
}

// Only the last star is ever tried again with more: what the earlier ones took is as good as any.
template <typename Match>
bool matches(std::string_view pattern, std::string_view text, bool stops_at_slash, Match match) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t at = 0;
  std::size_t used = 0;
  std::size_t star = kNone;  // the pattern behind it
  std::size_t star_end = 0;  // of the text that it took
  while (at < text.size()) {
    if (used < pattern.size() && pattern[used] == '*') {
      star = ++used;
      star_end = at;
      continue;
    }
    const Step step = used < pattern.size() ? match(pattern.substr(used), text[at]) : Step{};
    if (step.is_match) {
      used += step.size;
      ++at;
    } else if (star != kNone && !(stops_at_slash && text[star_end] == '/')) {
      used = star;
      at = ++star_end;
    } else {
      return false;
    }
  }
  while (used < pattern.size() && pattern[used] == '*') ++used;
  return used == pattern.size();
}

}  // namespace

bool has_wildcard(std::string_view pattern) {
  return pattern.find_first_of("*?[") != std::string_view::npos;
}

bool path_wildcard_matches(std::string_view pattern, std::string_view path) {
  return matches(pattern, path, true, match_of_path);
}

bool name_wildcard_matches(std::string_view pattern, std::string_view name) {
  return matches(pattern, name, false, match_of_name);
}

}  // namespace forkloom::routing
