#include "routing/forwarded_field.h"

#include <algorithm>

#include "http/grammar.h"
#include "http/text.h"

namespace forkloom::routing {
namespace {

// The pair's value, with its quotes removed.
std::optional<std::string_view> read_value(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  if (is_quoted) text = text.substr(1, text.size() - 2);
  if (text.empty() || text.find_first_of("\"\\") != std::string_view::npos) return std::nullopt;
  // A node with a port must be quoted, but not every proxy does so: what stands unquoted may be
  // anything without a space.
  if (!is_quoted && text.find_first_of(" \t") != std::string_view::npos) return std::nullopt;
  return text;
}

// Up to the first ";" that stands outside of quotes; removed with it from `text`.
std::string_view take_pair(std::string_view& text) {
  bool is_quoted = false;
  std::size_t end = 0;
  for (; end < text.size() && (is_quoted || text[end] != ';'); ++end) {
    if (text[end] == '"') is_quoted = !is_quoted;
  }
  const std::string_view pair = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return http::trim(pair);
}

std::string_view* parameter(ForwardedElement& element, std::string_view name) {
  if (http::equals_ignoring_case(name, "for")) return &element.node;
  if (http::equals_ignoring_case(name, "host")) return &element.host;
  if (http::equals_ignoring_case(name, "proto")) return &element.proto;
  return nullptr;
}

}  // namespace

std::optional<std::string_view> take_last_element(std::string_view& list) {
  if (list.empty()) return std::nullopt;
  bool is_quoted = false;
  std::size_t begin = list.size();
  for (; begin > 0 && (is_quoted || list[begin - 1] != ','); --begin) {
    if (list[begin - 1] == '"') is_quoted = !is_quoted;
  }
  const std::string_view element = list.substr(begin);
  list = list.substr(0, begin == 0 ? 0 : begin - 1);
  return http::trim(element);
}

std::optional<ForwardedElement> read_forwarded_element(std::string_view text) {
  ForwardedElement element;
  while (!text.empty()) {
    const std::string_view pair = take_pair(text);
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals);
    if (equals == pair.size() || !http::is_token(name)) return std::nullopt;
    const auto value = read_value(pair.substr(equals + 1));
    if (!value) return std::nullopt;
    std::string_view* known = parameter(element, name);
    if (known == nullptr) continue;
    if (!known->empty()) return std::nullopt;
    *known = *value;
  }
  return element;
}

}  // namespace forkloom::routing
