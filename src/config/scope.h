#pragma once

// Where a statement's values go while Settings are made: the whole server, the host that it stands
// in, and the paths that its section is about. Used by one thread.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "config/fault.h"
#include "config/settings.h"
#include "config/site.h"
#include "config/tree.h"

namespace forkloom::config {

// Names of LogFormat with their formats.
using LogFormats = std::map<std::string, std::string, std::less<>>;

struct Scope {
  Settings& settings;
  Host& host;
  PathSettings& paths;
  const Section* section;  // <Directory> and its kin; nullptr outside of them
  const Statement& statement;
  std::map<std::string, Origin>& claims;
  LogFormats& formats;
  std::vector<Diagnostic>& warnings;

  // The statement's name as the directive table spells it.
  std::string directive() const;
  // A relative path as seen from ServerRoot.
  std::string absolute(std::string_view path) const;
  // Refuses what an earlier statement has claimed: "the address 127.0.0.1:80".
  Checked<void> claim(const std::string& what) const;
  void warn(Fault fault) const;
  // Notes that the statement asks for what is not built.
  void note_unbuilt(std::string_view what) const;
};

}  // namespace forkloom::config
