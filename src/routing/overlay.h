#pragma once

// The ways in which one value lies over another.

#include <map>
#include <optional>
#include <vector>

namespace forkloom::routing {

template <typename T>
void overlay(std::optional<T>& value, const std::optional<T>& inner) {
  if (inner) value = inner;
}

template <typename Key, typename T>
void overlay(std::map<Key, T>& values, const std::map<Key, T>& inner) {
  for (const auto& [key, value] : inner) values.insert_or_assign(key, value);
}

template <typename T>
void append(std::vector<T>& values, const std::vector<T>& more) {
  values.insert(values.end(), more.begin(), more.end());
}

template <typename T>
void prepend(std::vector<T>& values, const std::vector<T>& more) {
  values.insert(values.begin(), more.begin(), more.end());
}

}  // namespace forkloom::routing
