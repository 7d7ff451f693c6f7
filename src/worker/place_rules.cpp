#include "worker/place_rules.h"

#include "routing/environment.h"

namespace forkloom::worker {
namespace {

using config::FolderOptions;

files::Links links_of(const config::PathSettings& settings) {
  const FolderOptions options = settings.options.value_or(FolderOptions{});
  if (options.has(FolderOptions::kFollowSymLinks)) return files::Links::kAlways;
  if (options.has(FolderOptions::kSymLinksIfOwnerMatch)) return files::Links::kOwnerMatch;
  return files::Links::kNever;
}

files::Freshness freshness_of(const config::Expiry& expiry) {
  return {.is_from_modification = expiry.is_from_modification, .lifetime = seconds(expiry.seconds)};
}

files::Policy policy_of(const config::PathSettings& settings, const files::MediaTypes& types) {
  files::Policy policy;
  policy.links = links_of(settings);
  policy.serves_hidden = settings.serves_hidden.value_or(false);
  policy.serves_precompressed = settings.serves_precompressed.value_or(false);
  policy.uses_sendfile = settings.enable_sendfile.value_or(true);
  policy.media_types = &types;
  policy.types.insert(settings.types.begin(), settings.types.end());
  policy.encodings.insert(settings.encodings.begin(), settings.encodings.end());
  policy.charsets.insert(settings.charsets.begin(), settings.charsets.end());
  policy.forced_type = settings.forced_type.value_or("");
  policy.default_charset = settings.default_charset.value_or("");
  if (const auto& parts = settings.etag) {
    policy.tag = {.has_inode = parts->has_inode,
                  .has_mtime = parts->has_mtime,
                  .has_size = parts->has_size,
                  .has_digest = parts->has_digest};
  }
  policy.has_expiry = settings.expires_active.value_or(false);
  if (settings.expires_default) policy.default_freshness = freshness_of(*settings.expires_default);
  for (const auto& [type, expiry] : settings.expires_by_type) {
    policy.freshness_by_type.emplace(type, freshness_of(expiry));
  }
  return policy;
}

app::Place place_of(const routing::Place& from, const config::Host& host, bool has_conditions,
                    Log& log) {
  const config::PathSettings& settings = from.settings;
  app::Place place;
  if (host.document_root) place.variables.push_back({"DOCUMENT_ROOT", *host.document_root});
  if (host.admin) place.variables.push_back({"SERVER_ADMIN", *host.admin});
  // Where conditions may take variables away, all of them are the request's own.
  if (!has_conditions) {
    for (app::Variable& variable : routing::fixed_variables(settings.environment)) {
      std::erase_if(place.variables,
                    [&](const app::Variable& old) { return old.name == variable.name; });
      place.variables.push_back(std::move(variable));
    }
  }
  place.passes_authorization = settings.pass_authorization.value_or(false);
  place.reloads_script = settings.script_reloading.value_or(false);
  place.overrides_errors = settings.error_override.value_or(false);
  place.sends_files = settings.wsgi_sendfile.value_or(false);
  place.log = &log;
  return place;
}

}  // namespace

PlaceRules::PlaceRules(const routing::Place& from, const config::Host& of,
                       const files::MediaTypes& types, Log& log,
                       std::optional<bool> pass_authorization)
    : settings(from.settings),
      host(of),
      files(policy_of(from.settings, types)),
      has_conditions(routing::has_conditions(from.settings.environment)) {
  place = place_of(from, of, has_conditions, log);
  // Each place is two to an application: as it is, and with what an alias says of its own.
  place.number = 2 * from.number + (pass_authorization ? 1 : 0);
  if (pass_authorization) place.passes_authorization = *pass_authorization;
  if (settings.trusted_proxy_headers) {
    // A UNIX socket has no address that a network could hold; who may connect to it is a matter of
    // the file's mode.
    const bool trusts_unix = settings.trusted_proxies.has_value();
    proxies.emplace(*settings.trusted_proxy_headers,
                    settings.trusted_proxies.value_or(routing::TrustedProxies::Networks{}),
                    trusts_unix);
  }
}

const config::ErrorDocument* PlaceRules::error_document(int status) const {
  const auto found = settings.error_documents.find(status);
  if (found == settings.error_documents.end()) return nullptr;
  return found->second.kind == config::ErrorDocument::Kind::kDefault ? nullptr : &found->second;
}

}  // namespace forkloom::worker
