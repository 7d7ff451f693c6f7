#include "config/settings.h"

#include <fmt/format.h>

namespace forkloom::config {

std::string ListenAddress::text() const {
  if (!unix_path.empty()) return fmt::format("unix:{}", unix_path);
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return is_ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string Application::text() const {
  std::string target = kind == Kind::kScript ? script_path : module;
  if (callable != kDefaultCallable || is_factory) target += fmt::format(":{}", callable);
  if (is_factory) target += "()";
  return target;
}

}  // namespace forkloom::config
