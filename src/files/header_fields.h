#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "http/request.h"

namespace forkloom::files {

// The fields of one answer, with their values. At most kMost.
class HeaderFields {
 public:
  HeaderFields() = default;
  HeaderFields(const HeaderFields&) = delete;
  HeaderFields& operator=(const HeaderFields&) = delete;

  // `name` outlives this object. An empty value is no field.
  void add(std::string_view name, std::string value) {
    if (value.empty()) return;
    values_[count_] = std::move(value);
    fields_[count_] = {.name = name, .value = values_[count_]};
    ++count_;
  }
  std::span<const http::Field> all() const { return {fields_.data(), count_}; }

 private:
  static constexpr std::size_t kMost = 12;

  std::array<std::string, kMost> values_;
  std::array<http::Field, kMost> fields_;
  std::size_t count_ = 0;
};

}  // namespace forkloom::files
