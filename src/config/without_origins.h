#pragma once

// Settings apart from where they stand, for tests: two texts that mean the same are equal so.

#include "config/settings.h"

namespace forkloom::config {

inline void clear_origins(Section& section) {
  section.origin = {};
  for (Section& files : section.files) clear_origins(files);
}

inline void clear_origins(Host& host) {
  host.origin = {};
  for (Mapping& mapping : host.mappings) mapping.origin = {};
  for (CustomLog& log : host.custom_logs) log.origin = {};
  for (Section& section : host.sections) clear_origins(section);
}

inline Settings without_origins(Settings settings) {
  clear_origins(settings.main);
  for (Host& host : settings.virtual_hosts) clear_origins(host);
  for (ImportScript& script : settings.import_scripts) script.origin = {};
  for (Unbuilt& unbuilt : settings.unbuilt) {
    unbuilt.origin = {};
    unbuilt.source.clear();
  }
  return settings;
}

}  // namespace forkloom::config
