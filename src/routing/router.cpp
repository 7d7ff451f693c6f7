#include "routing/router.h"

#include <span>

#include "routing/access.h"
#include "routing/encoded_slash.h"
#include "routing/map.h"
#include "routing/merge.h"
#include "routing/redirection.h"
#include "routing/tidy.h"

namespace forkloom::routing {
namespace {

std::vector<config::Host> hosts_of(const config::Settings& settings) {
  std::vector<config::Host> hosts = {settings.main};
  for (const config::Host& host : settings.virtual_hosts) {
    hosts.push_back(inherited(settings.main, host));
  }
  for (config::Host& host : hosts) tidy_file_paths(host);
  return hosts;
}

void clear(Route& route) {
  route.kind = Route::Kind::kRefused;
  route.status = 0;
  route.place = nullptr;
  route.mapping = nullptr;
  route.script_name_size = 0;
  route.why = {};
  for (std::string* text :
       {&route.kept_path, &route.root, &route.relative, &route.script_path, &route.location}) {
    text->clear();
  }
}

void refuse(Route& route, int status, std::string_view why) {
  route.kind = Route::Kind::kRefused;
  route.status = status;
  route.why = why;
}

void write_file_path(const Route& route, std::string_view path, std::string& file_path) {
  file_path = route.script_path;
  if (route.kind != Route::Kind::kFile) return;
  file_path = route.root;
  const bool is_folder = route.relative.empty() && path.ends_with('/');
  if ((is_folder || !route.relative.empty()) && !file_path.ends_with('/')) file_path += '/';
  file_path += route.relative;
}

}  // namespace

Router::Router(const config::Settings& settings)
    : hosts_(hosts_of(settings)),
      by_name_(hosts_),
      sections_(hosts_.begin(), hosts_.end()),
      places_(hosts_) {}

std::size_t Router::find_host(std::string_view local_address, std::uint16_t local_port,
                              bool is_unix, std::string_view authority) const {
  return by_name_.find({.address = local_address, .port = local_port, .is_unix = is_unix},
                       authority);
}

std::size_t Router::first_host(std::string_view local_address, std::uint16_t local_port,
                               bool is_unix) const {
  return by_name_.first({.address = local_address, .port = local_port, .is_unix = is_unix});
}

bool Router::take_encoded_slashes(const config::Host& host, std::string_view encoded_path,
                                  std::string_view& path, Route& into) const {
  if (!has_encoded_slash(encoded_path)) return true;
  switch (host.encoded_slashes.value_or(config::EncodedSlashes::kRefuse)) {
    case config::EncodedSlashes::kRefuse:
      refuse(into, 404, "the path has an escaped slash (AllowEncodedSlashes)");
      return false;
    case config::EncodedSlashes::kDecode:
      return true;
    case config::EncodedSlashes::kKeep:
      if (!decode_keeping_slashes(encoded_path, into.kept_path)) {
        into.kept_path.clear();
        refuse(into, 400, "the path climbs above the root");
        return false;
      }
      path = into.kept_path;
      return true;
  }
  return true;
}

const Place& Router::place_of(std::size_t host, std::string_view path, const Route& route) {
  if (sections_[host].are_none()) return places_.at(host);
  write_file_path(route, path, file_path_);
  key_.assign(1, static_cast<std::uint32_t>(host));
  const bool may_be_folder = route.kind == Route::Kind::kFile;
  sections_[host].find({.path = file_path_, .may_be_folder = may_be_folder}, path, key_);
  return places_.find(key_, sections_[host]);
}

void Router::route(std::size_t host, std::string_view encoded_path, std::string_view path,
                   std::string_view query, std::string_view remote_address, Route& into) {
  clear(into);
  const config::Host& site = hosts_[host];
  into.place = &places_.at(host);
  if (!take_encoded_slashes(site, encoded_path, path, into)) return;

  const std::vector<config::Redirect>& of_host = site.paths.redirects;
  if (redirect(of_host, path, query, into)) {
    into.place = &place_of(host, path, into);
    return;
  }
  map_path(site, path, into);
  into.place = &place_of(host, path, into);

  const config::PathSettings& settings = into.place->settings;
  if (settings.require && !is_granted(*settings.require, remote_address)) {
    refuse(into, 403, "Require grants this client nothing");
    return;
  }
  // Those of the host are the last, and have been tried.
  const std::span<const config::Redirect> all = settings.redirects;
  redirect(all.first(all.size() - of_host.size()), path, query, into);
}

void Router::map(std::size_t host, std::string_view path, Route& into) {
  clear(into);
  map_path(hosts_[host], path, into);
  into.place = &place_of(host, path, into);
}

}  // namespace forkloom::routing
