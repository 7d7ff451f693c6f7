#include "worker/server_field.h"

#include "base/version.h"
#include "http/text.h"

namespace forkloom::worker {

std::string server_field(std::string_view server_tokens) {
  std::string product = "Forkloom";
  const std::string version(kVersion);
  const auto is = [server_tokens](std::string_view name) {
    return http::equals_ignoring_case(server_tokens, name);
  };
  if (is("Prod") || is("ProductOnly")) return product;
  if (is("Major")) return product + "/" + version.substr(0, version.find('.'));
  if (is("Minor")) return product + "/" + version.substr(0, version.rfind('.'));
  if (is("Min") || is("Minimal")) return product + "/" + version;
  return product + "/" + version + " (Unix)";
}

}  // namespace forkloom::worker
