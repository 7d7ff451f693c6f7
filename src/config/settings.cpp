#include "config/settings.h"

#include <fmt/format.h>

namespace forkloom::config {

std::string Origin::text() const { return line == 0 ? file : fmt::format("{}:{}", file, line); }

std::string ListenAddress::text() const {
  if (!unix_path.empty()) return fmt::format("unix:{}", unix_path);
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return is_ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

bool runs_applications(const Settings& settings) {
  return !settings.import_scripts.empty() || !application_names(settings).empty();
}

std::vector<std::string> application_names(const Settings& settings) {
  std::vector<std::string> names;
  const auto add = [&names](const Host& host) {
    for (const Mapping& mapping : host.mappings) {
      if (mapping.kind == Mapping::Kind::kFolder) continue;
      std::string code = mapping.target;
      if (!mapping.callable.empty()) code += ":" + mapping.callable;
      if (mapping.is_factory) code += "()";
      names.push_back(
          fmt::format("{} at {}", code, mapping.pattern ? mapping.pattern->text() : mapping.url));
    }
  };
  add(settings.main);
  for (const Host& host : settings.virtual_hosts) add(host);
  return names;
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
