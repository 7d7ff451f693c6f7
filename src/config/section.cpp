#include "config/section.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/patterns.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

using Kind = Section::Kind;

constexpr auto kKinds =
    std::to_array<std::pair<std::string_view, Kind>>({{"Directory", Kind::kDirectory},
                                                      {"DirectoryMatch", Kind::kDirectoryMatch},
                                                      {"Files", Kind::kFiles},
                                                      {"FilesMatch", Kind::kFilesMatch},
                                                      {"Location", Kind::kLocation},
                                                      {"LocationMatch", Kind::kLocationMatch}});

Kind match_form(Kind kind) {
  switch (kind) {
    case Kind::kDirectory:
      return Kind::kDirectoryMatch;
    case Kind::kFiles:
      return Kind::kFilesMatch;
    case Kind::kLocation:
      return Kind::kLocationMatch;
    default:
      return kind;
  }
}

Checked<std::string> read_path(Kind kind, std::string_view text) {
  if (kind == Kind::kFiles) {
    if (text.empty() || text.find('/') != std::string_view::npos) {
      return refuse(fmt::format("'{}' is not a file's name", text),
                    "write a name without folders, like wsgi.py or *.bak");
    }
    return std::string(text);
  }
  if (!text.starts_with('/')) {
    return refuse(fmt::format("'{}' does not begin with /", text),
                  kind == Kind::kLocation ? "write a URL path like /admin"
                                          : "write the whole path of a folder, like /srv/site");
  }
  // Of a folder's path a slash at the end says nothing; a URL path with one leaves out the path
  // without it.
  if (kind == Kind::kDirectory) {
    while (text.size() > 1 && text.ends_with('/')) text.remove_suffix(1);
  }
  return std::string(text);
}

}  // namespace

Checked<Section> read_section(std::string_view name, std::span<const std::string> arguments) {
  Section section;
  section.kind = *find_word(name, kKinds);
  const bool has_tilde = arguments[0] == "~";
  if (has_tilde) {
    if (match_form(section.kind) == section.kind) {
      return refuse("~ stands before a pattern that is one anyhow", "leave it out");
    }
    if (arguments.size() == 1) return refuse("~ has no pattern", "write one behind it");
    section.kind = match_form(section.kind);
    arguments = arguments.subspan(1);
  }
  if (arguments.size() > 1) {
    return refuse(fmt::format("'{}' is one argument too many", arguments[1]),
                  "put a path with spaces into quotes");
  }
  if (match_form(section.kind) != section.kind) {
    auto path = read_path(section.kind, arguments[0]);
    if (!path) return refuse(std::move(path.error()));
    section.path = std::move(*path);
    return section;
  }
  auto pattern = read_pattern(arguments[0]);
  if (!pattern) return refuse(std::move(pattern.error()));
  section.pattern = std::move(*pattern);
  return section;
}

}  // namespace forkloom::config
