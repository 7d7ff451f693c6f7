#include "routing/merge.h"

#include <cstdint>

#include "routing/overlay.h"

namespace forkloom::routing {
namespace {

using config::FolderOptions;

void overlay_options(std::optional<FolderOptions>& options,
                     const std::optional<FolderOptions>& inner) {
  if (!inner) return;
  if (!options || inner->is_absolute) {
    options = inner;
    return;
  }
  const auto without = [](std::uint8_t all, std::uint8_t some) {
    return static_cast<std::uint8_t>(all & ~some);
  };
  options->added = without(options->added | inner->added, inner->removed);
  options->removed = without(options->removed, inner->added) | inner->removed;
}

}  // namespace

config::PathSettings merged(const config::PathSettings& outer, const config::PathSettings& inner) {
  config::PathSettings result = outer;
  overlay(result.require, inner.require);

  overlay_options(result.options, inner.options);
  overlay(result.directory_index, inner.directory_index);
  overlay(result.directory_slash, inner.directory_slash);
  overlay(result.types, inner.types);
  overlay(result.encodings, inner.encodings);
  overlay(result.charsets, inner.charsets);
  overlay(result.forced_type, inner.forced_type);
  overlay(result.default_charset, inner.default_charset);
  overlay(result.etag, inner.etag);
  overlay(result.enable_sendfile, inner.enable_sendfile);
  overlay(result.expires_active, inner.expires_active);
  overlay(result.expires_default, inner.expires_default);
  overlay(result.expires_by_type, inner.expires_by_type);
  overlay(result.serves_precompressed, inner.serves_precompressed);
  overlay(result.serves_hidden, inner.serves_hidden);

  overlay(result.limit_request_body, inner.limit_request_body);
  overlay(result.error_documents, inner.error_documents);
  append(result.environment, inner.environment);
  append(result.headers, inner.headers);
  prepend(result.redirects, inner.redirects);

  overlay(result.allowed_process_groups, inner.allowed_process_groups);
  overlay(result.callable_object, inner.callable_object);
  overlay(result.pass_authorization, inner.pass_authorization);
  overlay(result.script_reloading, inner.script_reloading);
  overlay(result.chunked_request, inner.chunked_request);
  overlay(result.head_to_get, inner.head_to_get);
  overlay(result.error_override, inner.error_override);
  overlay(result.wsgi_sendfile, inner.wsgi_sendfile);
  overlay(result.ignores_activity, inner.ignores_activity);
  overlay(result.trusted_proxy_headers, inner.trusted_proxy_headers);
  overlay(result.trusted_proxies, inner.trusted_proxies);
  return result;
}

}  // namespace forkloom::routing
