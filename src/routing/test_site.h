#pragma once

// For tests: configurations in few words.

#include <cstdlib>
#include <string>
#include <utility>

#include "config/settings.h"
#include "http/path.h"
#include "routing/router.h"

namespace forkloom::routing {

inline Pattern pattern(const std::string& text) { return Pattern::compile(text).value(); }

inline config::Mapping map_to(config::Mapping::Kind kind, std::string url, std::string target) {
  config::Mapping mapping;
  mapping.kind = kind;
  mapping.url = std::move(url);
  mapping.target = std::move(target);
  return mapping;
}
inline config::Mapping alias(std::string url, std::string target) {
  return map_to(config::Mapping::Kind::kFolder, std::move(url), std::move(target));
}
inline config::Mapping script(std::string url, std::string target) {
  return map_to(config::Mapping::Kind::kScript, std::move(url), std::move(target));
}
inline config::Mapping module(std::string url, std::string target) {
  return map_to(config::Mapping::Kind::kModule, std::move(url), std::move(target));
}
// The same with a pattern for a prefix.
inline config::Mapping match(config::Mapping mapping) {
  mapping.pattern = pattern(mapping.url);
  mapping.url.clear();
  return mapping;
}

inline config::Redirect redirect_to(std::string path, std::string target, int status = 302) {
  config::Redirect redirect;
  redirect.path = std::move(path);
  redirect.target = std::move(target);
  redirect.status = status;
  return redirect;
}

// `text` is a path, or the pattern of a Match form. `mark` becomes a header, so that merging shows
// its order.
inline config::Section section(config::Section::Kind kind, const std::string& text,
                               const std::string& mark) {
  using Kind = config::Section::Kind;
  config::Section result;
  result.kind = kind;
  if (kind == Kind::kDirectoryMatch || kind == Kind::kFilesMatch || kind == Kind::kLocationMatch) {
    result.pattern = pattern(text);
  } else {
    result.path = text;
  }
  result.settings.headers.emplace_back().name = mark;
  return result;
}

inline std::string marks(const config::PathSettings& settings) {
  std::string all;
  for (const config::HeaderEdit& header : settings.headers) {
    all += (all.empty() ? "" : " ") + header.name;
  }
  return all;
}

// Routes a target as received.
inline Route route(Router& router, const std::string& target, std::size_t host = 0,
                   const std::string& remote = "192.0.2.7") {
  const std::size_t question = target.find('?');
  const std::string encoded = target.substr(0, question);
  const std::string query = question == std::string::npos ? "" : target.substr(question + 1);
  std::string path;
  if (!http::decode_path(encoded, path)) std::abort();
  Route result;
  router.route(host, encoded, path, query, remote, result);
  return result;
}

}  // namespace forkloom::routing
