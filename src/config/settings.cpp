#include "config/settings.h"

#include <fmt/format.h>

namespace forkloom::config {

std::string Origin::text() const { return line == 0 ? file : fmt::format("{}:{}", file, line); }

std::string ListenAddress::text() const {
  if (!unix_path.empty()) return fmt::format("unix:{}", unix_path);
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return is_ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string_view model_name(Model model) {
  switch (model) {
    case Model::kPrefork:
      return "prefork";
    case Model::kWorker:
      return "worker";
    case Model::kWinnt:
      break;
  }
  return "winnt";
}

}  // namespace forkloom::config
