#pragma once

// ${NAME}: variables that Define has made, then those of the environment.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"

namespace forkloom::config {

// Bytes: variables made of variables grow without bound.
inline constexpr std::size_t kLongestReplaced = 65'536;

class Variables {
 public:
  // defined: names given with -D. Looks into the process's environment where a name is not defined.
  explicit Variables(const std::vector<std::string>& defined);

  void define(std::string_view name, std::string_view value);
  void undefine(std::string_view name);
  bool is_defined(std::string_view name) const;

  // `text` with every ${NAME} replaced; names of none are left as they stand and added to
  // `unknown`, unless no variable can have such a name ("${}", "${map:key}"). Values are not looked
  // through again. Refused where the values make the text longer than kLongestReplaced.
  Checked<std::string> replace_in(std::string_view text, std::vector<std::string>& unknown) const;

 private:
  std::optional<std::string> value_of(const std::string& name) const;

  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace forkloom::config
