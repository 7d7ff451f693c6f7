#include "routing/map.h"

#include <algorithm>
#include <string>

#include "base/pattern.h"
#include "routing/pattern_target.h"
#include "routing/prefix.h"
#include "routing/script_walk.h"

namespace forkloom::routing {
namespace {

using config::Mapping;

constexpr std::string_view kClimbs = "a pattern's target has a segment \"..\"";

void refuse(Route& into, std::string_view why) {
  into.kind = Route::Kind::kRefused;
  into.status = 404;
  into.why = why;
}

std::string_view without_slash(std::string_view path) {
  return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

// `rest` is joined to `target` as Apache does, letter by letter: whether a slash stands between
// them is up to the two prefixes, except that the prefix "/" leaves its slash to the path.
void map_to_file(std::string_view target, std::string_view rest, Route& into) {
  into.kind = Route::Kind::kFile;
  into.root = target;
  if (!target.ends_with('/') && !rest.starts_with('/')) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    into.root.append(rest.substr(0, slash));
    rest.remove_prefix(slash);
  }
  if (into.root.size() > 1 && into.root.ends_with('/')) into.root.pop_back();
  into.relative = rest.substr(std::min(rest.find_first_not_of('/'), rest.size()));
}

// `folder` is without a slash at its end.
void map_to_script_of_folder(std::string_view folder, std::string_view below, std::string_view path,
                             Route& into) {
  into.script_path = folder;
  std::size_t used = 0;
  if (!walk_to_script(below, into.script_path, used)) return refuse(into, "no such script");
  into.kind = Route::Kind::kScript;
  into.script_name_size = script_name_size(path, below.substr(used));
}

void map_by_prefix(const Mapping& mapping, std::string_view path, Route& into) {
  const std::string_view rest = path.substr(mapping.url == "/" ? 0 : mapping.url.size());
  if (mapping.kind == Mapping::Kind::kFolder) return map_to_file(mapping.target, rest, into);
  if (mapping.kind == Mapping::Kind::kScript && mapping.target.ends_with('/')) {
    return map_to_script_of_folder(without_slash(mapping.target), rest, path, into);
  }
  into.script_name_size = without_slash(mapping.url).size();
  if (mapping.kind == Mapping::Kind::kModule) {
    into.kind = Route::Kind::kModule;
  } else {
    into.kind = Route::Kind::kScript;
    into.script_path = mapping.target;
  }
}

void map_by_pattern(const Mapping& mapping, std::string_view path, const Pattern::Groups& groups,
                    Route& into) {
  if (mapping.kind == Mapping::Kind::kFolder) {
    expand_target(mapping.target, groups, into.root, into.relative);
    if (has_parent_segment(into.relative)) return refuse(into, kClimbs);
    into.kind = Route::Kind::kFile;
    return;
  }
  const std::string_view rest = behind_match(path, groups);
  if (mapping.kind == Mapping::Kind::kModule) {
    into.kind = Route::Kind::kModule;
    into.script_name_size = script_name_size(path, rest);
    return;
  }
  // As mod_wsgi, and unlike AliasMatch: what the pattern left of the path follows.
  const std::string script = substitute(mapping.target, groups).append(rest);
  if (has_parent_segment(script)) return refuse(into, kClimbs);
  map_to_script_of_folder("", script, path, into);
}

bool map_by(const Mapping& mapping, std::string_view path, Route& into) {
  if (!mapping.pattern) {
    if (!fits(mapping.url, path)) return false;
    map_by_prefix(mapping, path, into);
    return true;
  }
  Pattern::Groups groups;
  if (!mapping.pattern->matches(path, groups)) return false;
  // A match of nothing maps nothing, as in mod_wsgi.
  if (mapping.kind != Mapping::Kind::kFolder && groups[0].empty()) return false;
  map_by_pattern(mapping, path, groups, into);
  return true;
}

}  // namespace

void map_path(const config::Host& host, std::string_view path, Route& into) {
  into.script_name_size = path.size();
  // Folders come before applications, wherever they stand: mod_alias is asked before mod_wsgi.
  for (const bool wants_folder : {true, false}) {
    for (const Mapping& mapping : host.mappings) {
      const bool is_folder = mapping.kind == Mapping::Kind::kFolder;
      if (is_folder != wants_folder || !map_by(mapping, path, into)) continue;
      into.mapping = &mapping;
      return;
    }
  }
  if (!host.document_root || host.document_root->empty() || !path.starts_with('/')) {
    return refuse(into, "nothing is mapped there");
  }
  map_to_file(*host.document_root, path, into);
}

}  // namespace forkloom::routing
