#include "routing/merge.h"
#include "routing/overlay.h"

namespace forkloom::routing {

config::Host inherited(const config::Host& main, const config::Host& virtual_host) {
  config::Host result = virtual_host;
  if (!result.name) {
    result.name = main.name;
    // As httpd: without a ServerName of its own it is on the port of its address.
    const bool has_port = !result.addresses.empty() && result.addresses.front().port != 0;
    result.port = has_port ? result.addresses.front().port : main.port;
    result.scheme = main.scheme;
  }
  const auto take = [](auto& value, const auto& from_main) {
    if (!value) value = from_main;
  };
  take(result.admin, main.admin);
  take(result.document_root, main.document_root);
  take(result.uses_canonical_name, main.uses_canonical_name);
  take(result.encoded_slashes, main.encoded_slashes);

  take(result.error_log, main.error_log);
  take(result.log_level, main.log_level);
  if (result.custom_logs.empty()) result.custom_logs = main.custom_logs;

  take(result.limit_request_line, main.limit_request_line);
  take(result.limit_request_fields, main.limit_request_fields);
  take(result.limit_request_field_size, main.limit_request_field_size);
  take(result.header_read_timeout, main.header_read_timeout);
  take(result.body_read_timeout, main.body_read_timeout);
  take(result.timeout, main.timeout);
  take(result.keep_alive, main.keep_alive);
  take(result.keep_alive_timeout, main.keep_alive_timeout);
  take(result.max_keep_alive_requests, main.max_keep_alive_requests);

  append(result.mappings, main.mappings);
  result.paths = merged(main.paths, virtual_host.paths);
  prepend(result.sections, main.sections);
  return result;
}

}  // namespace forkloom::routing
