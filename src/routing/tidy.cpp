#include "routing/tidy.h"

#include <filesystem>
#include <string>

#include "os/file_facts.h"

namespace forkloom::routing {
namespace {

void tidy(std::string& path) {
  if (path.starts_with('/')) path = std::filesystem::path(path).lexically_normal().string();
}

}  // namespace

void tidy_file_paths(config::Host& host) {
  if (host.document_root) tidy(*host.document_root);
  for (config::Mapping& mapping : host.mappings) {
    if (mapping.pattern || mapping.kind == config::Mapping::Kind::kModule) continue;
    tidy(mapping.target);
    const bool is_script = mapping.kind == config::Mapping::Kind::kScript;
    if (!is_script || mapping.target.ends_with('/')) continue;
    const auto facts = os::facts_if_there(mapping.target);
    if (facts && facts->is_folder()) mapping.target.push_back('/');
  }
  for (config::Section& section : host.sections) {
    if (section.kind != config::Section::Kind::kDirectory) continue;
    tidy(section.path);
    if (section.path.size() > 1 && section.path.ends_with('/')) section.path.pop_back();
  }
}

}  // namespace forkloom::routing
