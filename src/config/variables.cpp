#include "config/variables.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

namespace forkloom::config {

Variables::Variables(const std::vector<std::string>& defined) {
  // "NAME=VALUE" beside Apache's "NAME".
  for (const std::string& text : defined) {
    const std::size_t equals = text.find('=');
    const bool has_value = equals != std::string::npos;
    define(text.substr(0, equals), has_value ? text.substr(equals + 1) : std::string());
  }
}

void Variables::define(std::string_view name, std::string_view value) {
  values_.insert_or_assign(std::string(name), std::string(value));
}

void Variables::undefine(std::string_view name) {
  const auto found = values_.find(name);
  if (found != values_.end()) values_.erase(found);
}

bool Variables::is_defined(std::string_view name) const {
  return values_.find(name) != values_.end();
}

std::optional<std::string> Variables::value_of(const std::string& name) const {
  if (const auto found = values_.find(name); found != values_.end()) return found->second;
  if (const char* value = std::getenv(name.c_str()); value != nullptr) return std::string(value);
  return std::nullopt;
}

Checked<std::string> Variables::replace_in(std::string_view text,
                                           std::vector<std::string>& unknown) const {
  const std::size_t longest = std::max(text.size(), kLongestReplaced);
  std::string result;
  for (;;) {
    const std::size_t start = text.find("${");
    const std::size_t end = start == std::string_view::npos ? start : text.find('}', start);
    if (end == std::string_view::npos) break;
    std::string name(text.substr(start + 2, end - start - 2));
    result.append(text.substr(0, start));
    if (const auto value = value_of(name)) {
      result.append(*value);
    } else {
      result.append(text.substr(start, end - start + 1));
      if (!name.empty() && name.find(':') == std::string::npos) unknown.push_back(std::move(name));
    }
    text.remove_prefix(end + 1);
    if (result.size() > longest) break;
  }
  result.append(text);
  if (result.size() <= longest) return result;
  return refuse(fmt::format("its variables make the line longer than {} bytes", kLongestReplaced),
                "give them shorter values");
}

}  // namespace forkloom::config
