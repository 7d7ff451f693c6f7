#include "files/content_type.h"

#include <algorithm>

#include "files/media_types.h"
#include "http/text.h"

namespace forkloom::files {
namespace {

std::string_view find(const Policy::ByName<std::string>& table, std::string_view extension) {
  const auto found = table.find(extension);
  return found == table.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view type_of(std::string_view extension, const Policy& policy) {
  const std::string_view added = find(policy.types, extension);
  return added.empty() ? policy.media_types->find(extension) : added;
}

bool has_charset(std::string_view type) {
  constexpr std::string_view kCharset = "charset=";
  for (std::size_t at = type.find(';'); at < type.size(); ++at) {
    if (http::equals_ignoring_case(type.substr(at, kCharset.size()), kCharset)) return true;
  }
  return false;
}

// AddDefaultCharset is for these alone.
bool takes_default_charset(std::string_view type) {
  return http::equals_ignoring_case(type, "text/html") ||
         http::equals_ignoring_case(type, "text/plain");
}

}  // namespace

Content content_of(std::string_view path, const Policy& policy) {
  std::string name(path.substr(path.rfind('/') + 1));
  std::transform(name.begin(), name.end(), name.begin(), http::to_lower);
  std::string_view rest = name;
  std::string_view type;
  std::string_view charset;
  Content content;
  // From the last extension to the one that is no encoding and no charset. A first character of
  // "." begins a name, not an extension.
  for (std::size_t dot = rest.rfind('.'); dot != std::string_view::npos && dot != 0;
       dot = rest.rfind('.')) {
    const std::string_view extension = rest.substr(dot + 1);
    rest = rest.substr(0, dot);
    const std::string_view own = type_of(extension, policy);
    const std::string_view encoding = find(policy.encodings, extension);
    const std::string_view its_charset = find(policy.charsets, extension);
    // ".svgz" is an encoding and, where nothing before it tells, a type as well.
    if (!own.empty()) type = own;
    if (encoding.empty() && its_charset.empty()) break;
    if (!encoding.empty()) {
      content.encoding = content.encoding.empty() ? std::string(encoding)
                                                  : std::string(encoding) + ", " + content.encoding;
    }
    if (charset.empty()) charset = its_charset;
  }
  if (!policy.forced_type.empty()) type = policy.forced_type;
  content.type = type;
  if (type.empty() || has_charset(type)) return content;
  if (charset.empty() && takes_default_charset(type)) charset = policy.default_charset;
  if (!charset.empty()) content.type.append("; charset=").append(charset);
  return content;
}

}  // namespace forkloom::files
